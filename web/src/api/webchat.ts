import { requestJson, toQuery } from "./http";
import type { AcceptedMessage, Message, OpenedConversation } from "./types";

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
  /** Hold the answer until the bot has spoken: for when the socket is away. */
  wait: boolean;
}

export interface WebchatApi {
  open(): Promise<OpenedConversation>;
  messagesSince(credentials: Credentials, since: number): Promise<Message[]>;
  send(credentials: Credentials, message: OutgoingMessage): Promise<AcceptedMessage>;
}

const bearer = (credentials: Credentials) => ({ Authorization: `Bearer ${credentials.token}` });

const messagesPath = (credentials: Credentials) =>
  `${BASE}/${encodeURIComponent(credentials.conversationId)}/messages`;

export const webchatApi: WebchatApi = {
  open: () => requestJson<OpenedConversation>(BASE, { method: "POST", body: {} }),

  async messagesSince(credentials, since) {
    const answer = await requestJson<{ messages: Message[] }>(
      `${messagesPath(credentials)}${toQuery({ since })}`,
      { headers: bearer(credentials) },
    );
    return answer.messages;
  },

  send: (credentials, message) =>
    requestJson<AcceptedMessage>(messagesPath(credentials), {
      method: "POST",
      headers: bearer(credentials),
      body: {
        client_message_id: message.clientMessageId,
        text: message.text,
        wait: message.wait,
      },
      ...(message.wait ? { timeoutMs: WAIT_TIMEOUT_MS } : {}),
    }),
};
