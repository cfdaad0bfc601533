import { type RequestOptions, requestJson, requestWhole } from "./http";

/** Lives only in memory: a page that is loaded anew gets it from `me`. */
let csrfToken: string | null = null;

export function rememberToken(token: string | null): void {
  csrfToken = token;
}

function guarded(options: RequestOptions): RequestOptions {
  const changing = options.method !== undefined && options.method !== "GET";
  const headers = { ...options.headers };
  if (changing && csrfToken !== null) headers["X-CSRF-Token"] = csrfToken;
  return { ...options, headers };
}

/** A request of somebody who is logged in at the desk. */
export function deskRequest<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  return requestJson<Answer>(path, guarded(options));
}

/** The same for an answer that is a file. */
export function deskResponse(path: string, options: RequestOptions = {}): Promise<Blob> {
  return requestWhole(path, guarded(options), (response) => response.blob());
}
