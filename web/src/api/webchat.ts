import { errorFromAnswer } from "./errors";
import { requestJson, toQuery } from "./http";
import type { AcceptedMessage, Attachment, MessagesAnswer, OpenedConversation } from "./types";
import { uploadFile } from "./upload";

const BASE = "/api/v1/webchat/conversations";
/** The bot's own limit is shorter; this only ends a request that nobody will answer. */
const WAIT_TIMEOUT_MS = 45_000;

/** What a customer's browser remembers of its conversation. */
export interface Credentials {
  conversationId: string;
  token: string;
}

export interface OutgoingMessage {
  clientMessageId: string;
  text: string;
  fileIds: readonly string[];
  /** Hold the answer until the bot has spoken: for when the socket is away. */
  wait: boolean;
}

export interface WebchatApi {
  open(): Promise<OpenedConversation>;
  messagesSince(credentials: Credentials, since: number): Promise<MessagesAnswer>;
  send(credentials: Credentials, message: OutgoingMessage): Promise<AcceptedMessage>;
  upload(
    credentials: Credentials,
    file: File,
    onProgress: (part: number) => void,
    signal: AbortSignal,
  ): Promise<Attachment>;
  file(credentials: Credentials, fileId: string): Promise<Blob>;
}

const bearer = (credentials: Credentials) => ({ Authorization: `Bearer ${credentials.token}` });

const path = (credentials: Credentials, rest: string) =>
  `${BASE}/${encodeURIComponent(credentials.conversationId)}/${rest}`;

export const webchatApi: WebchatApi = {
  open: () => requestJson<OpenedConversation>(BASE, { method: "POST", body: {} }),

  messagesSince: (credentials, since) =>
    requestJson<MessagesAnswer>(`${path(credentials, "messages")}${toQuery({ since })}`, {
      headers: bearer(credentials),
    }),

  send: (credentials, message) =>
    requestJson<AcceptedMessage>(path(credentials, "messages"), {
      method: "POST",
      headers: bearer(credentials),
      body: {
        client_message_id: message.clientMessageId,
        text: message.text,
        file_ids: message.fileIds,
        wait: message.wait,
      },
      ...(message.wait ? { timeoutMs: WAIT_TIMEOUT_MS } : {}),
    }),

  async upload(credentials, file, onProgress, signal) {
    const options = { headers: bearer(credentials), onProgress, signal };
    const answer = await uploadFile<{ file: Attachment }>(
      path(credentials, "files"),
      file,
      options,
    );
    return answer.file;
  },

  async file(credentials, fileId) {
    const address = path(credentials, `files/${encodeURIComponent(fileId)}`);
    const response = await fetch(address, { headers: bearer(credentials) });
    if (!response.ok) throw errorFromAnswer(response.status, null, null);
    return response.blob();
  },
};
