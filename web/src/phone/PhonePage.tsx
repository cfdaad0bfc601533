/** A telephone: dial pad, what is said, and a line to type what one says. */
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { phoneWords as words } from "../messages/phone.zh-CN";
import { Call, type Did, type Heard } from "./Call";
import { DialPad } from "./DialPad";
import { Line } from "./Line";
import { canListen, canSpeak, hush, listen, speak } from "./speech";
import { complete } from "./twiml";

const WITHHELD = "anonymous";
const UNSURE = 0.2;
const KEYED_MS = 5_000;

export function PhonePage() {
  const [call, setCall] = useState(() => new Call(new Line(WITHHELD)));
  const [caller, setCaller] = useState("+8613900112266");
  const [sound, setSound] = useState(false);
  const [unsure, setUnsure] = useState(false);
  const view = useSyncExternalStore(call.subscribe, call.view);
  const soundOn = useRef(sound);
  soundOn.current = sound;
  const busy = view.phase !== "idle";
  const mayAct = view.phase === "asked" || view.phase === "recording";

  const dial = () => {
    const begun = new Call(new Line(caller || WITHHELD), (text) => soundOn.current && speak(text));
    setCall(begun);
    void begun.run();
  };
  const act = (did: Did) => {
    hush();
    call.act(unsure && did.speech ? { ...did, confidence: UNSURE } : did);
  };
  const hangUp = () => {
    hush();
    call.hangUp();
  };
  return (
    <main className="phone">
      <h1>{words.title}</h1>
      <p className="intro">{words.intro}</p>
      <div className="row">
        <label>
          {words.caller}
          <input
            value={caller}
            disabled={busy}
            placeholder={words.withheld}
            inputMode="tel"
            onChange={(event) => setCaller(event.target.value.trim())}
          />
        </label>
        {busy ? (
          <button type="button" className="hang-up" onClick={hangUp}>
            {words.hangUp}
          </button>
        ) : (
          <button type="button" className="dial" onClick={dial}>
            {words.dial}
          </button>
        )}
      </div>
      <p role="status">{words.state[view.phase]}</p>
      <Transcript heard={view.heard} />
      <Speech disabled={!mayAct} act={act} />
      <Keys gather={view.gather} disabled={view.gather === null} act={act} />
      <div className="row options">
        <Option name={words.unsure} on={unsure} set={setUnsure} />
        {canSpeak() && <Option name={words.sound} on={sound} set={setSound} />}
      </div>
    </main>
  );
}

function Transcript({ heard }: { heard: readonly Heard[] }) {
  const end = useRef<HTMLLIElement>(null);
  const last = heard.length;
  useEffect(() => {
    if (last > 0) end.current?.scrollIntoView({ block: "end" });
  }, [last]);
  return (
    <ol className="transcript" aria-label={words.transcript} aria-live="polite">
      {heard.map(({ id, who, text }) => (
        <li key={id} className={who} ref={id === last - 1 ? end : undefined}>
          {who === "note" ? text : words.line(who === "you" ? words.you : words.hotline, text)}
        </li>
      ))}
    </ol>
  );
}

function Speech({ disabled, act }: { disabled: boolean; act: (did: Did) => void }) {
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (disabled || !text.trim()) return;
    act({ speech: text.trim() });
    setText("");
  };
  return (
    <form className="row" onSubmit={send}>
      <input
        value={text}
        aria-label={words.say}
        placeholder={words.placeholder}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" disabled={disabled}>
        {words.send}
      </button>
      {canListen() && (
        <button
          type="button"
          disabled={disabled}
          onClick={() => listen((speech, confidence) => act({ speech, confidence }))}
        >
          {words.listen}
        </button>
      )}
      <button type="button" disabled={disabled} onClick={() => act({})}>
        {words.beSilent}
      </button>
    </form>
  );
}

function Keys(props: { gather: Element | null; disabled: boolean; act: (did: Did) => void }) {
  const { gather, disabled, act } = props;
  const [keyed, setKeyed] = useState("");
  useEffect(() => {
    if (!gather || !keyed) return;
    const done = () => {
      setKeyed("");
      act({ digits: keyed });
    };
    if (complete(gather, keyed)) {
      done();
      return;
    }
    const timer = setTimeout(done, KEYED_MS);
    return () => clearTimeout(timer);
  });
  return (
    <>
      <output className="keyed">{keyed}</output>
      <DialPad disabled={disabled} press={(key) => setKeyed(keyed + key)} />
    </>
  );
}

function Option({ name, on, set }: { name: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={(event) => set(event.target.checked)} />
      {name}
    </label>
  );
}
