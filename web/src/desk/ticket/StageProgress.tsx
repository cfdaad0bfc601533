import { Alert, Grid, Progress, Steps } from "antd";
import type { TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { stageLabels } from "../../messages/labels.zh-CN";
import { formatShortTime, formatTime } from "../../shared/time";
import { useNow } from "../components/useNow";
import { type StageStep, type StageSteps, stageSteps } from "./stageSteps";

function Reached({ step }: { step: StageStep }) {
  const now = useNow();
  if (step.at === null) return null;
  return (
    <span className="step-note" title={formatTime(step.at)}>
      {formatShortTime(step.at, now)}
      {step.actor && <br />}
      {step.actor}
    </span>
  );
}

/** The same in two lines, for a phone. */
function ShortProgress({ progress }: { progress: StageSteps }) {
  const { steps, current, offPath } = progress;
  const done = current + 1;
  const stage = steps[current]?.stage ?? "recorded";
  return (
    <>
      <div>{ticketWords.stepOf(done, steps.length, stageLabels[stage])}</div>
      <Progress
        aria-label={ticketWords.steps}
        steps={steps.length}
        percent={(done / steps.length) * 100}
        showInfo={false}
        status={offPath ? "exception" : "normal"}
      />
    </>
  );
}

/** The eight steps of complaint handling, and whether the ticket has left them. */
export function StageProgress({ ticket }: { ticket: TicketDetail }) {
  const wide = Grid.useBreakpoint().md ?? true;
  const progress = stageSteps(ticket.stage, ticket.timeline);
  const { steps, current, offPath } = progress;
  return (
    <section aria-label={ticketWords.steps} data-testid="ticket-steps" data-stage={ticket.stage}>
      {offPath && (
        <Alert
          className="off-path"
          showIcon
          type={offPath === "reopened" ? "warning" : "error"}
          title={ticketWords.offPath[offPath]}
        />
      )}
      {wide ? (
        <Steps
          size="small"
          titlePlacement="vertical"
          current={current}
          items={steps.map((step) => ({
            key: step.stage,
            title: stageLabels[step.stage],
            status: step.status,
            content: <Reached step={step} />,
          }))}
        />
      ) : (
        <ShortProgress progress={progress} />
      )}
    </section>
  );
}
