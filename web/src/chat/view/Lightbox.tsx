import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { chatWords } from "../../messages/chat.zh-CN";

interface LightboxProps {
  address: string;
  name: string;
  onClose(): void;
}

/** A picture over the whole page. */
export function Lightbox({ address, name, onClose }: LightboxProps) {
  const closer = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    closer.current?.focus();
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    document.addEventListener("keydown", closeOnEscape);
    return () => {
      document.removeEventListener("keydown", closeOnEscape);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [onClose]);
  return createPortal(
    <div className="lightbox" role="dialog" aria-modal="true" aria-label={name}>
      <button
        ref={closer}
        type="button"
        className="lightbox-close"
        aria-label={chatWords.files.close}
        data-testid="lightbox-close"
        onClick={onClose}
      >
        <img src={address} alt={name} />
        <span aria-hidden="true">×</span>
      </button>
    </div>,
    document.body,
  );
}
