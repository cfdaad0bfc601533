import { errorWords } from "../messages/errors.zh-CN";

export type ApiErrorKind = "http" | "network" | "timeout";

/** A request that did not succeed; `message` is Chinese and may be shown as it is. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  /** HTTP status, 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | null;

  constructor(values: {
    kind: ApiErrorKind;
    message: string;
    status?: number;
    code?: string;
    fields?: Record<string, string> | null;
    retryAfterSeconds?: number | null;
  }) {
    super(values.message);
    this.name = "ApiError";
    this.kind = values.kind;
    this.status = values.status ?? 0;
    this.code = values.code ?? values.kind;
    this.fields = values.fields ?? {};
    this.retryAfterSeconds = values.retryAfterSeconds ?? null;
  }
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Worth trying again later without a change: no answer, overload, or a server in trouble. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.kind !== "http") return true;
  return error.status >= 500 || [408, 425, 429].includes(error.status);
}

function wordsFor(status: number): string {
  if (status === 401) return errorWords.unauthorized;
  if (status === 403) return errorWords.forbidden;
  if (status === 404) return errorWords.notFound;
  if (status === 429) return errorWords.tooMany;
  return status >= 500 ? errorWords.unavailable : errorWords.other;
}

/** Seconds from a Retry-After header; dates are not used by our server. */
export function parseRetryAfter(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && header.trim() !== "" && Number.isFinite(seconds) && seconds >= 0
    ? seconds
    : null;
}

/** Reads `{error: {code, message, fields}}`; anything else gets our own wording. */
export function errorFromAnswer(
  status: number,
  body: unknown,
  retryAfter: string | null,
): ApiError {
  const details = (body as { error?: Record<string, unknown> } | null)?.error;
  const message = details?.message;
  const code = details?.code;
  const fields = details?.fields;
  return new ApiError({
    kind: "http",
    status,
    code: typeof code === "string" ? code : `http_${status}`,
    message: typeof message === "string" && message !== "" ? message : wordsFor(status),
    fields: fields && typeof fields === "object" ? (fields as Record<string, string>) : null,
    retryAfterSeconds: parseRetryAfter(retryAfter),
  });
}
