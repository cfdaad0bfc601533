import { type ReactNode, useCallback, useEffect, useState } from "react";
import { ApiError } from "../api/errors";
import { type CodeView, codeApi } from "../api/orders";
import { errorWords } from "../messages/errors.zh-CN";
import { customerOrderWords as words } from "../messages/orders.zh-CN";
import { formatShortTime, formatTime } from "../shared/time";

/** The code stands behind the #, so that it is sent to nobody but in a request's body. */
const codeInAddress = () => decodeURIComponent(window.location.hash.slice(1)).trim();

function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return errorWords.other;
  return error.status === 404 ? words.wrong : error.message;
}

function EnterCode({ problem, onCode }: { problem: string | null; onCode(code: string): void }) {
  const [code, setCode] = useState("");
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) onCode(code.trim());
      }}
    >
      {problem && (
        <p className="problem" role="alert" data-testid="problem">
          {problem}
        </p>
      )}
      <label>
        {words.enter}
        <input
          value={code}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          aria-label={words.code}
          data-testid="code"
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <button type="submit" className="primary">
        {words.open}
      </button>
    </form>
  );
}

function Facts({ view }: { view: CodeView }) {
  const facts: [string, string | null][] = [
    [words.product, view.product],
    [words.plan, view.plan],
    [words.technician, view.technician],
    [words.visit, view.visit_at && formatShortTime(view.visit_at, Date.now())],
    [words.workDone, view.work_done],
  ];
  return (
    <dl>
      {facts.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

interface DeedProps {
  code: string;
  view: CodeView;
}

/** Runs what the customer pressed, once at a time, and keeps what came of it. */
function useDeed() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await deed();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

function Said({ children }: { children: ReactNode }) {
  return (
    <p className="said" role="status" data-testid="said">
      {children}
    </p>
  );
}

function QuoteDeed({ code, view }: DeedProps) {
  const { busy, problem, run } = useDeed();
  const [answer, setAnswer] = useState(view.quote?.answer ?? null);
  const [sure, setSure] = useState(false);
  const { quote } = view;
  if (!quote) return null;
  const say = (said: "agreed" | "declined") =>
    run(async () => setAnswer((await codeApi.answer(code, said)).answer));
  const over = Date.parse(quote.valid_until) < Date.now();
  return (
    <>
      <ul className="lines">
        {quote.lines.map((line) => (
          <li key={`${line.kind} ${line.name ?? ""}`}>{line.text}</li>
        ))}
      </ul>
      <p className="total">
        {words.total} <strong data-testid="total">{words.yuan(quote.total)}</strong>
      </p>
      {answer && <Said>{words[answer]}</Said>}
      {!answer && over && <Said>{words.expired}</Said>}
      {!answer && !over && (
        <>
          <p className="quiet">{words.validUntil(formatTime(quote.valid_until).slice(0, 16))}</p>
          {sure && <p>{words.declineSure}</p>}
          <div className="deeds">
            <button
              type="button"
              className="primary"
              disabled={busy}
              data-testid="agree"
              onClick={() => void say("agreed")}
            >
              {words.agree}
            </button>
            <button
              type="button"
              disabled={busy}
              data-testid="decline"
              onClick={() => (sure ? void say("declined") : setSure(true))}
            >
              {words.decline}
            </button>
            {sure && (
              <button type="button" onClick={() => setSure(false)}>
                {words.back}
              </button>
            )}
          </div>
        </>
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function SignDeed({ code, view }: DeedProps) {
  const { busy, problem, run } = useDeed();
  const [opinion, setOpinion] = useState("");
  const [signed, setSigned] = useState(false);
  if (signed) return <Said>{words.signed}</Said>;
  const sign = () =>
    run(async () => {
      await codeApi.sign(code, opinion.trim() || null);
      setSigned(true);
    });
  return (
    <>
      {Number(view.bill_total) > 0 && (
        <p className="total">
          {words.bill} <strong>{words.yuan(view.bill_total)}</strong>
        </p>
      )}
      <label>
        {words.opinion}
        <textarea
          rows={3}
          maxLength={2_000}
          value={opinion}
          data-testid="opinion"
          onChange={(event) => setOpinion(event.target.value)}
        />
      </label>
      <div className="deeds">
        <button
          type="button"
          className="primary"
          disabled={busy}
          data-testid="confirm-sign"
          onClick={() => void sign()}
        >
          {words.confirmSign}
        </button>
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** A customer opens the link that came with a quote, or when the work was done. */
export function CustomerOrderPage() {
  const [code, setCode] = useState(codeInAddress);
  const [view, setView] = useState<CodeView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = useCallback(async (asked: string) => {
    try {
      setView(await codeApi.view(asked));
      setProblem(null);
    } catch (error) {
      setView(null);
      setProblem(messageOf(error));
    }
  }, []);
  useEffect(() => {
    if (code) void look(code);
  }, [code, look]);
  useEffect(() => {
    const changed = () => setCode(codeInAddress());
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  if (!code || (problem && !view)) {
    return (
      <main>
        <h1>{words.title}</h1>
        <EnterCode
          problem={problem}
          onCode={(typed) => (typed === code ? void look(typed) : setCode(typed))}
        />
      </main>
    );
  }
  if (!view) return <main className="quiet">{words.loading}</main>;
  return (
    <main>
      <h1>{view.asks === "quote" ? words.quote : words.sign}</h1>
      <section className="card" data-testid="order-by-code">
        <p className="quiet">{words.order(view.order)}</p>
        <Facts view={view} />
        {view.asks === "quote" ? (
          <QuoteDeed code={code} view={view} />
        ) : (
          <SignDeed code={code} view={view} />
        )}
      </section>
    </main>
  );
}
