import { Alert, Button, Collapse, Drawer, Flex, Form, Grid } from "antd";
import type { Step, StepOffer, TicketDetail } from "../../api/types";
import { stepWords } from "../../messages/case.zh-CN";
import { detailLabels } from "../../messages/labels.zh-CN";
import { Recurring } from "./Recurring";
import { ChangedAlert, LacksAlert, RefusedAlert } from "./StepAlerts";
import { StepField } from "./StepField";
import { type Field, fieldsOf, isAskedTwice } from "./stepForms";
import { stepName } from "./stepName";
import { fieldPath } from "./stepValues";
import { useStepForm } from "./useStepForm";

const WIDE = 520;

function hintOf(step: Step, name: string, ticket: TicketDetail): string | undefined {
  const { hints } = stepWords;
  const { route } = ticket;
  if (name === "how" && ticket.case.reply_required === "written") return hints.how;
  if (name === "text" && step !== "add_words") return hints.notifyText;
  if (name === "department") return hints.department(route.department, route.rule);
  if (name === "assignee") return hints.assignee;
  if (name === "other") return hints.other;
  if (name === "at") return hints.at;
  return name === "same_cause_as" ? hints.sameCause : undefined;
}

function DetailFields({ names, missing }: { names: string[]; missing: readonly string[] }) {
  return names.map((name) => {
    const field: Field = { name, control: "line" };
    const wanted = missing.includes(name);
    return <StepField key={name} field={field} path={["details", name]} wanted={wanted} />;
  });
}

/** The details that are known or wanted; all others that could be, folded away. */
function Details({ ticket }: { ticket: TicketDetail }) {
  const all = Object.keys({ ...detailLabels, ...ticket.details });
  const near = all.filter((name) => name in ticket.details || ticket.missing.includes(name));
  const rest = all.filter((name) => !near.includes(name));
  return (
    <>
      <DetailFields names={near} missing={ticket.missing} />
      <Collapse
        ghost
        size="small"
        className="fold whole-line"
        items={[
          {
            key: "rest",
            label: stepWords.moreDetails,
            forceRender: true,
            children: (
              <div className="field-grid">
                <DetailFields names={rest} missing={[]} />
              </div>
            ),
          },
        ]}
      />
    </>
  );
}

interface StepDrawerProps {
  ticket: TicketDetail;
  step: Step;
  /** None: the step is no longer open. */
  offer: StepOffer | null;
  onClose(): void;
  onStep(step: Step): void;
}

/** One step as a form. What is typed stays until it is sent, also when the drawer is closed. */
export function StepDrawer({ ticket, step, offer, onClose, onStep }: StepDrawerProps) {
  const wide = Grid.useBreakpoint().md ?? true;
  const it = useStepForm(ticket, step, onClose);
  const lacks = offer?.lacks ?? [];
  const details = Object.keys(detailLabels);
  const outside = lacks.filter((fact) => fieldPath(step, fact, []) === null);
  const atIntake = outside.filter((fact) => fieldPath("correct_facts", fact, details) !== null);
  const wanted = step === "correct_facts" ? ticket.missing : [];
  const isWanted = (name: string) => wanted.some((fact) => fieldPath(step, fact, [])?.[0] === name);
  const barred = offer === null || offer.needs_level !== null || offer.own_proposal;
  return (
    <Drawer
      open
      size={wide ? WIDE : "100%"}
      title={stepName(step, ticket.stage)}
      onClose={onClose}
      data-testid="step-drawer"
      footer={
        <Flex gap="small" justify="end">
          <Button onClick={onClose}>{stepWords.cancel}</Button>
          <Button
            type="primary"
            danger={isAskedTwice(step)}
            loading={it.sending}
            disabled={barred}
            data-testid="step-submit"
            onClick={() => it.form.submit()}
          >
            {stepWords.submit}
          </Button>
        </Flex>
      }
    >
      <Flex vertical gap="small" className="step-alerts">
        {it.error && <RefusedAlert error={it.error} />}
        {it.changed && <ChangedAlert seen={it.seen} ticket={ticket} onContinue={it.goOn} />}
        {offer === null && <Alert showIcon type="warning" title={stepWords.gone} />}
        {it.hasDraft && (
          <Alert
            type="info"
            title={stepWords.draftKept}
            action={
              <Button size="small" onClick={it.startOver}>
                {stepWords.dropDraft}
              </Button>
            }
          />
        )}
        {offer && (
          <LacksAlert
            offer={offer}
            facts={outside}
            onComplete={atIntake.length > 0 ? () => onStep("correct_facts") : null}
          />
        )}
      </Flex>
      <Form
        form={it.form}
        layout="vertical"
        className="field-grid"
        initialValues={it.initial}
        scrollToFirstError
        onValuesChange={it.keep}
        onFinish={it.submit}
      >
        {fieldsOf(step).map((field) => (
          <StepField
            key={field.name}
            field={field}
            required={lacks.includes(field.name)}
            wanted={isWanted(field.name)}
            hint={hintOf(step, field.name, ticket)}
          />
        ))}
        {step === "correct_facts" && <Details ticket={ticket} />}
        {step === "improve" && <Recurring number={ticket.number} onChoice={it.keep} />}
      </Form>
    </Drawer>
  );
}
