/** Twelve keys. */
import { phoneWords as words } from "../messages/phone.zh-CN";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

export function DialPad({ disabled, press }: { disabled: boolean; press: (key: string) => void }) {
  return (
    <fieldset className="pad" disabled={disabled} aria-label={words.pad}>
      {KEYS.map((key) => (
        <button key={key} type="button" onClick={() => press(key)}>
          {key}
        </button>
      ))}
    </fieldset>
  );
}
