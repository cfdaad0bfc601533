/** Where to go after logging in: only to pages of the desk itself. Pure. */

/** Leads on to where this person begins. */
const HOME = "/";

export function loginPath(from: string): string {
  return from === HOME ? "/login" : `/login?next=${encodeURIComponent(from)}`;
}

export function returnPath(next: string | null): string {
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next) || next.startsWith("/login")) return HOME;
  return next;
}
