import "./steps.css";
import { DownOutlined } from "@ant-design/icons";
import { App, Button, Card, Dropdown, Flex, Skeleton } from "antd";
import { useState } from "react";
import type { Step, StepOffer, TicketDetail, TicketStage } from "../../api/types";
import { stepWords } from "../../messages/case.zh-CN";
import { levelLabels, stepLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { ErrorLine, messageOf } from "../components/ErrorPanel";
import { useHotkeys } from "../keyboard/useHotkeys";
import { useSession } from "../session/useSession";
import { arranged } from "./nextStep";
import { StepDrawer } from "./StepDrawer";
import { stepName } from "./stepName";
import { useSteps, useTakeStep } from "./stepQueries";

function useAssignToMe(ticket: TicketDetail, offers: readonly StepOffer[]) {
  const { message } = App.useApp();
  const user = useSession().data?.user;
  const take = useTakeStep(ticket.number);
  const possible = offers.some((offer) => offer.step === "assign");
  const wanted = possible && user !== undefined && ticket.assignee !== user.username;
  const assign = () => {
    if (!wanted || take.isPending) return;
    take.mutate(
      { step: "assign", values: { assignee: user.username }, seen: ticket },
      {
        onSuccess: () => void message.success(stepWords.saved(stepLabels.assign)),
        onError: (error) => void message.error(messageOf(error)),
      },
    );
  };
  return { wanted, assign, assigning: take.isPending };
}

/** Why a step that is shown cannot be taken by this person. */
function bar(offer: StepOffer): string | null {
  if (offer.needs_level) return stepWords.needsLevel(labelOf(levelLabels, offer.needs_level));
  return offer.own_proposal ? stepWords.ownProposal : null;
}

interface StepButtonProps {
  offer: StepOffer;
  stage: TicketStage;
  main?: boolean;
  onOpen(step: Step): void;
}

function StepButton({ offer, stage, main, onOpen }: StepButtonProps) {
  const reason = bar(offer);
  return (
    <Button
      type={main ? "primary" : "default"}
      title={reason ?? undefined}
      data-testid={`step-${offer.step}`}
      onClick={() => onOpen(offer.step)}
    >
      {stepName(offer.step, stage)}
      {reason && <span className="quiet">{reason}</span>}
    </Button>
  );
}

interface OpenStep {
  step: Step | null;
  open(step: Step | null): void;
}

/** What this person may do with the ticket now. */
export function StepBar({ ticket, step, open }: { ticket: TicketDetail } & OpenStep) {
  const { data, error } = useSteps(ticket.number);
  const offers = data?.steps ?? [];
  const { next, beside, more } = arranged(ticket.stage, offers);
  const { wanted, assign, assigning } = useAssignToMe(ticket, offers);
  const offered = (name: Step) => offers.find((offer) => offer.step === name) ?? null;
  useHotkeys({
    n: () => next && open(next.step),
    e: () => offered("correct_facts") && open("correct_facts"),
    a: assign,
  });
  return (
    <Card size="small" className="step-bar" data-testid="step-bar">
      {!data && !error && <Skeleton.Button active />}
      {!data && error && <ErrorLine error={error} />}
      <Flex wrap gap="small" align="center">
        {next && <StepButton main offer={next} stage={ticket.stage} onOpen={open} />}
        {beside.map((offer) => (
          <StepButton key={offer.step} offer={offer} stage={ticket.stage} onOpen={open} />
        ))}
        {wanted && (
          <Button loading={assigning} onClick={assign} data-testid="assign-to-me">
            {stepWords.assignToMe}
          </Button>
        )}
        {more.length > 0 && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: more.map((offer) => ({
                key: offer.step,
                label: stepLabels[offer.step],
                "data-testid": `step-${offer.step}`,
              })),
              onClick: ({ key }) => open(key as Step),
            }}
          >
            <Button icon={<DownOutlined />} iconPlacement="end" data-testid="step-more">
              {stepWords.more}
            </Button>
          </Dropdown>
        )}
        {data && offers.length === 0 && <span className="quiet">{stepWords.none}</span>}
      </Flex>
      {step && data && (
        <StepDrawer
          key={step}
          ticket={ticket}
          step={step}
          offer={offered(step)}
          onClose={() => open(null)}
          onStep={open}
        />
      )}
    </Card>
  );
}

/** Which step's form is open. */
export function useOpenStep(): OpenStep {
  const [step, open] = useState<Step | null>(null);
  return { step, open };
}
