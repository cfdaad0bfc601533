import { CloseOutlined, LoadingOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { liveApi } from "../../../api/live";
import type { Attachment } from "../../../api/types";
import { composerWords } from "../../../messages/live.zh-CN";
import { attachmentName } from "../model/words";
import type { Upload } from "./useUploads";

interface PendingFilesProps {
  attachments: readonly Attachment[];
  uploads: readonly Upload[];
  onRemove(attachment: Attachment): void;
  onForget(key: string): void;
}

function Remove({ name, onClick }: { name: string; onClick(): void }) {
  return (
    <Button
      size="small"
      type="text"
      icon={<CloseOutlined />}
      aria-label={composerWords.remove(name)}
      onClick={onClick}
    />
  );
}

/** What will go with the next message: files at the server, on their way, and refused ones. */
export function PendingFiles({ attachments, uploads, onRemove, onForget }: PendingFilesProps) {
  if (attachments.length === 0 && uploads.length === 0) return null;
  return (
    <ul className="live-pending" data-testid="live-pending">
      {attachments.map((attachment) => (
        <li key={attachment.file_id} className="live-pending-file" data-state="ready">
          {attachment.kind === "image" && attachment.file_id && (
            <img src={liveApi.fileUrl(attachment.file_id)} alt="" className="live-thumb" />
          )}
          <span className="live-pending-name">{attachmentName(attachment)}</span>
          <Remove name={attachmentName(attachment)} onClick={() => onRemove(attachment)} />
        </li>
      ))}
      {uploads.map(({ key, name, failure }) => (
        <li
          key={key}
          className="live-pending-file"
          data-state={failure === null ? "uploading" : "failed"}
        >
          {failure === null ? <LoadingOutlined /> : null}
          <span className={failure === null ? "live-pending-name" : "tone-over"}>
            {failure === null
              ? composerWords.uploading(name)
              : composerWords.uploadFailed(name, failure)}
          </span>
          {failure !== null && <Remove name={name} onClick={() => onForget(key)} />}
        </li>
      ))}
    </ul>
  );
}
