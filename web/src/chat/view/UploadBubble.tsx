import { useContext, useEffect, useState } from "react";
import { chatWords } from "../../messages/chat.zh-CN";
import { formatBytes } from "../../shared/sizes";
import type { UploadItem } from "../files/Uploads";
import { UnsentContext } from "./unsentContext";

const words = chatWords.files;

function usePreview(item: UploadItem): [string | null, () => void] {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!item.picture || item.status === "refused") return undefined;
    const made = URL.createObjectURL(item.file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [item.file, item.picture, item.status]);
  return [address, () => setAddress(null)];
}

function stateOf(item: UploadItem): string {
  if (item.status === "arrived") return words.arrived;
  if (item.status === "uploading") return words.uploading(Math.floor(item.progress * 100));
  return words.failed(item.reason ?? "");
}

/** A file on its way: what it is, how far it is, and what can be done. */
export function UploadBubble({ item }: { item: UploadItem }) {
  const { retryUpload, discardUpload } = useContext(UnsentContext);
  const [preview, dropPreview] = usePreview(item);
  const stuck = item.status === "failed" || item.status === "refused";
  return (
    <div className={`upload upload-${item.status}`} data-testid="upload" data-status={item.status}>
      {preview === null ? (
        <span className="upload-name">
          {item.file.name} · {formatBytes(item.file.size)}
        </span>
      ) : (
        <img className="upload-preview" src={preview} alt={item.file.name} onError={dropPreview} />
      )}
      {!stuck && (
        <progress className="upload-progress" max={1} value={item.progress}>
          {stateOf(item)}
        </progress>
      )}
      <div
        className={`delivery ${stuck ? "delivery-refused" : ""}`}
        role={stuck ? "alert" : undefined}
      >
        <span>{stateOf(item)}</span>
        {item.status === "failed" && (
          <button type="button" className="link-button" onClick={() => retryUpload(item.id)}>
            {words.retry}
          </button>
        )}
        <button type="button" className="link-button" onClick={() => discardUpload(item.id)}>
          {words.discard}
        </button>
      </div>
    </div>
  );
}
