import { EnvironmentOutlined, LinkOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Image } from "antd";
import { liveApi } from "../../../api/live";
import type { Attachment } from "../../../api/types";
import { attachmentWords } from "../../../messages/live.zh-CN";
import { attachmentName, fileSize } from "../model/words";

/** Recordings of WeChat and phones come in formats that browsers do not play. */
const PLAYABLE = /^audio\/(mpeg|mp4|aac|ogg|wav|x-wav|webm|x-m4a|m4a)/;
const SHOWN_HEIGHT = 180;

function Download({ attachment, src }: { attachment: Attachment; src: string }) {
  return (
    <a href={src} download className="attachment-file" data-testid="attachment-file">
      <PaperClipOutlined /> {attachmentName(attachment)}
      {attachment.size != null && <span className="quiet"> {fileSize(attachment.size)}</span>}
    </a>
  );
}

function Voice({ attachment, src }: { attachment: Attachment; src: string }) {
  const label = attachmentName(attachment);
  if (!PLAYABLE.test(attachment.content_type ?? "")) {
    return (
      <span title={attachmentWords.notShown}>
        <Download attachment={attachment} src={src} />
      </span>
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: what customers record has no captions
    <audio controls preload="none" src={src} aria-label={label} className="attachment-voice" />
  );
}

function Place({ attachment }: { attachment: Attachment }) {
  const { latitude, longitude } = attachment;
  return (
    <span className="attachment-file">
      <EnvironmentOutlined /> {attachmentName(attachment)}
      {latitude != null && longitude != null && (
        <span className="quiet"> {attachmentWords.coordinates(latitude, longitude)}</span>
      )}
    </span>
  );
}

function Stored({ attachment, id }: { attachment: Attachment; id: string }) {
  const src = liveApi.fileUrl(id);
  if (attachment.kind === "voice") return <Voice attachment={attachment} src={src} />;
  if (attachment.kind !== "image") return <Download attachment={attachment} src={src} />;
  return (
    <Image
      src={src}
      alt={attachmentName(attachment)}
      height={Math.min(attachment.height ?? SHOWN_HEIGHT, SHOWN_HEIGHT)}
      className="attachment-image"
    />
  );
}

const isWebAddress = (url: string) => /^https?:\/\//i.test(url);

/** One thing that a message carries. Files come from our own server; nothing else is loaded. */
export function AttachmentView({ attachment }: { attachment: Attachment }) {
  const { kind, file_id: id, url } = attachment;
  if (kind === "location") return <Place attachment={attachment} />;
  if (kind === "link" && url && isWebAddress(url)) {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer nofollow" className="attachment-file">
        <LinkOutlined /> {attachment.name || url}
      </a>
    );
  }
  if (!id) return <span className="attachment-file">{attachmentName(attachment)}</span>;
  return <Stored attachment={attachment} id={id} />;
}
