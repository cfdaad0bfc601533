import { errorWords } from "../messages/errors.zh-CN";
import { ApiError, errorFromAnswer } from "./errors";

export const DEFAULT_TIMEOUT_MS = 15_000;

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON, but a form (with files) as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number;
  signal?: AbortSignal;
}

type QueryValue = string | number | boolean | null | undefined;

/** Query string without empty values, with its question mark; a list is a name given several times. */
export function toQuery(values: Record<string, QueryValue | readonly string[]>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of typeof value === "object" && value !== null ? value : [value]) {
      if (each !== undefined && each !== null && each !== "") query.append(name, String(each));
    }
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

const sentAsJson = (body: unknown) => body !== undefined && !(body instanceof FormData);

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    if (!response.ok) return null;
    throw new ApiError({
      kind: "http",
      status: 502,
      code: "bad_answer",
      message: errorWords.badAnswer,
    });
  }
}

function withoutAnswer(cause: unknown, timedOut: boolean, cancelled: boolean): unknown {
  if (cause instanceof ApiError || (cancelled && !timedOut)) return cause;
  return timedOut
    ? new ApiError({ kind: "timeout", message: errorWords.timeout })
    : new ApiError({ kind: "network", message: errorWords.network });
}

/**
 * One request, whose answer is read by `read` if it is none of an error.
 *
 * @throws ApiError for every refusal, missing network and missed time limit; the abort reason
 * itself when the caller cancelled.
 */
export async function requestWhole<Answer>(
  path: string,
  options: RequestOptions,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const cancel = () => controller.abort();
  if (options.signal?.aborted) cancel();
  options.signal?.addEventListener("abort", cancel);
  try {
    const response = await fetch(path, {
      method: options.method ?? "GET",
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        Accept: "application/json",
        ...(sentAsJson(options.body) ? { "Content-Type": "application/json" } : {}),
        ...options.headers,
      },
      body: options.body instanceof FormData ? options.body : JSON.stringify(options.body),
      signal: controller.signal,
    });
    if (!response.ok) {
      const body = await readBody(response);
      throw errorFromAnswer(response.status, body, response.headers.get("Retry-After"));
    }
    return await read(response);
  } catch (cause) {
    throw withoutAnswer(cause, timedOut, options.signal?.aborted ?? false);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", cancel);
  }
}

/** One JSON request. Errors as `requestWhole`. */
export function requestJson<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  return requestWhole(path, options, async (response) => (await readBody(response)) as Answer);
}
