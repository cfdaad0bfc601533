import { EditOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { sideWords } from "../../../messages/live.zh-CN";
import { slotName } from "../model/words";

interface FactRowProps {
  slot: string;
  /** None: still missing. */
  value: string | null;
  busy: boolean;
  onCorrect(value: string): Promise<unknown>;
}

/** One thing that the bot has taken down: read, and put right on the spot. */
export function FactRow({ slot, value, busy, onCorrect }: FactRowProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = slotName(slot);
  const label = value === null ? sideWords.fill(name) : sideWords.edit(name);
  const save = () => {
    if (typed === null || typed.trim() === "" || typed.trim() === value) {
      setTyped(null);
      return;
    }
    onCorrect(typed.trim()).then(
      () => setTyped(null),
      () => undefined, // told already; what was typed stays
    );
  };
  return (
    <div className="live-fact" data-testid="live-fact" data-slot={slot}>
      <dt>{name}</dt>
      <dd>
        {typed === null ? (
          <>
            <span className={value === null ? "tone-warned" : "own-words"}>
              {value ?? sideWords.missing}
            </span>
            <Button
              size="small"
              type="text"
              className="live-fact-edit"
              icon={<EditOutlined />}
              aria-label={label}
              title={label}
              onClick={() => setTyped(value ?? "")}
            />
          </>
        ) : (
          <Input
            autoFocus
            size="small"
            value={typed}
            maxLength={2_000}
            disabled={busy}
            aria-label={label}
            data-testid="live-fact-input"
            onChange={(event) => setTyped(event.target.value)}
            onPressEnter={(event) => {
              if (!event.nativeEvent.isComposing) save();
            }}
            onBlur={save}
            onKeyDown={(event) => {
              if (event.key === "Escape") setTyped(null);
            }}
          />
        )}
      </dd>
    </div>
  );
}
