import { type ReactNode, useCallback, useState } from "react";
import type { Attachment } from "../../api/types";
import { chatWords } from "../../messages/chat.zh-CN";
import { formatBytes } from "../../shared/sizes";
import { useFile } from "../files/fileSource";
import { Lightbox } from "./Lightbox";

const words = chatWords.files;
const THUMB = 180;
const PLAYABLE = /^(audio\/(mpeg|mp4|wav|ogg)|video\/)/;

interface FileProps {
  attachment: Attachment;
  fileId: string;
}

/** As large as it will be, so that nothing moves when the bytes arrive. */
function thumbSize({ width, height }: Attachment): React.CSSProperties {
  if (!width || !height) return { width: THUMB, height: THUMB };
  const scale = Math.min(1, THUMB / Math.max(width, height));
  return {
    width: Math.max(48, Math.round(width * scale)),
    height: Math.max(48, Math.round(height * scale)),
  };
}

function Picture({ attachment, fileId }: FileProps) {
  const { address, failed, load } = useFile(fileId, true);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const name = attachment.name || words.photo;
  return (
    <>
      <button
        type="button"
        className="picture"
        data-testid="message-picture"
        style={thumbSize(attachment)}
        aria-label={failed ? words.broken : words.open(name)}
        onClick={() => (failed ? load() : setOpen(address !== null))}
      >
        {address !== null && <img src={address} alt={name} />}
        {failed && <span className="picture-note">{words.broken}</span>}
      </button>
      {open && address !== null && <Lightbox address={address} name={name} onClose={close} />}
    </>
  );
}

function Recording({ attachment, fileId }: FileProps) {
  const { address, failed, loading, load } = useFile(fileId, false);
  if (address === null) {
    const text = words.play(attachment.name || attachment.kind);
    return (
      <button type="button" className="link-button" onClick={load}>
        {failed ? words.broken : loading ? words.loading : text}
      </button>
    );
  }
  // customers' recordings come without captions
  // biome-ignore lint/a11y/useMediaCaption: there are none
  if (attachment.kind === "voice") return <audio src={address} controls autoPlay />;
  // biome-ignore lint/a11y/useMediaCaption: there are none
  return <video src={address} controls autoPlay playsInline />;
}

function Document({ attachment, fileId }: FileProps) {
  const { address, failed, loading, load } = useFile(fileId, false);
  const size = attachment.size ? ` · ${formatBytes(attachment.size)}` : "";
  if (address === null) {
    return (
      <button type="button" className="link-button" onClick={load}>
        {failed ? words.broken : loading ? words.loading : `${attachment.name}${size}`}
      </button>
    );
  }
  return (
    <a className="link-button" href={address} download={attachment.name}>
      {words.download(attachment.name)}
    </a>
  );
}

function placeAddress({ latitude, longitude, name }: Attachment): string {
  const query = new URLSearchParams({ position: `${longitude},${latitude}`, name: name ?? "" });
  return `https://uri.amap.com/marker?${query}`;
}

function Elsewhere({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="link-button" href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function One({ attachment }: { attachment: Attachment }) {
  const { kind, file_id: fileId, url, name } = attachment;
  if (kind === "location") {
    return (
      <p className="place">
        {name} <Elsewhere href={placeAddress(attachment)}>{words.map}</Elsewhere>
      </p>
    );
  }
  if (kind === "link") {
    return /^https?:\/\//i.test(url ?? "") ? (
      <Elsewhere href={url ?? ""}>{name || url}</Elsewhere>
    ) : (
      <p>{name}</p>
    );
  }
  if (!fileId) return <p>{name}</p>;
  if (kind === "image") return <Picture attachment={attachment} fileId={fileId} />;
  if (PLAYABLE.test(attachment.content_type ?? "")) {
    return <Recording attachment={attachment} fileId={fileId} />;
  }
  return <Document attachment={attachment} fileId={fileId} />;
}

/** What a message carries beside its text. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  return (
    <div className="attachments">
      {attachments.map((attachment, place) => (
        <One key={attachment.file_id ?? place} attachment={attachment} />
      ))}
    </div>
  );
}
