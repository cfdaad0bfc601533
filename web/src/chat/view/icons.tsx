/** ChatUI draws its icons from symbols on the page; these are the ones our page can show. */
export function IconSymbols() {
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      <symbol id="icon-chevron-double-down" viewBox="0 0 24 24">
        <path
          d="m6 6 6 6 6-6M6 12l6 6 6-6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
    </svg>
  );
}

/** A picture: mountains and sun in a frame. */
export function PictureIcon() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round">
        <rect x="3" y="4" width="18" height="16" rx="2.5" />
        <circle cx="8.5" cy="9.5" r="1.6" />
        <path d="m4 18 5.5-5.5 3.5 3.5 3-3L20.5 17" strokeLinecap="round" />
      </g>
    </svg>
  );
}
