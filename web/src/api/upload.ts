/** One file in a form, with progress: `fetch` tells nothing of how far a body is. */
import { errorWords } from "../messages/errors.zh-CN";
import { ApiError, errorFromAnswer } from "./errors";

const UPLOAD_TIMEOUT_MS = 180_000;

export interface UploadOptions {
  headers: Record<string, string>;
  onProgress(part: number): void;
  signal: AbortSignal;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return null;
  }
}

/**
 * Sends a file and reads the JSON answer.
 *
 * @throws ApiError when it was refused or no answer came; a DOMException when the caller cancelled.
 */
export function uploadFile<Answer>(
  path: string,
  file: File,
  options: UploadOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.timeout = UPLOAD_TIMEOUT_MS;
    request.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(options.headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as Answer);
      else reject(errorFromAnswer(request.status, body, request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => reject(new ApiError({ kind: "network", message: errorWords.network }));
    request.ontimeout = () =>
      reject(new ApiError({ kind: "timeout", message: errorWords.timeout }));
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    options.signal.addEventListener("abort", () => request.abort());
    const body = new FormData();
    body.append("file", file, file.name);
    request.send(body);
  });
}
