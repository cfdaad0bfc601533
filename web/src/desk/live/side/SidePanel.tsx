import "./side.css";
import { ArrowLeftOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Skeleton, Tabs } from "antd";
import { liveWords, sideWords } from "../../../messages/live.zh-CN";
import { AnswerAids } from "../../answering/AnswerAids";
import { CustomerPanel } from "../../customers/CustomerPanel";
import { useConversation } from "../data/liveQueries";
import { numbersRevealed } from "../data/liveUpdates";
import { TicketTab } from "./TicketTab";
import { UnderstoodTab } from "./UnderstoodTab";

export const SIDE_TABS = ["understood", "ticket", "customer", "answers"] as const;
export type SideTab = (typeof SIDE_TABS)[number];

interface SidePanelProps {
  id: string;
  tab: SideTab;
  narrow: boolean;
  onTab(tab: SideTab): void;
  onClose(): void;
  /** Puts words into the composer. */
  onPick(text: string): void;
}

/** What helps to answer: the matter, its ticket, the customer, and words for the reply. */
export function SidePanel({ id, tab, narrow, onTab, onClose, onPick }: SidePanelProps) {
  const client = useQueryClient();
  const { data: conversation } = useConversation(id);
  if (!conversation)
    return (
      <aside className="live-side" aria-label={sideWords.label}>
        <Skeleton active className="live-skeleton" />
      </aside>
    );
  const contents: Record<SideTab, React.ReactNode> = {
    understood: <UnderstoodTab conversation={conversation} />,
    ticket: <TicketTab numbers={conversation.tickets} />,
    customer: <CustomerPanel conversationId={id} onRevealed={() => numbersRevealed(client, id)} />,
    answers: <AnswerAids conversationId={id} onPick={onPick} />,
  };
  return (
    <aside className="live-side" aria-label={sideWords.label} data-testid="live-side">
      {narrow && (
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={onClose}>
          {liveWords.closeSide}
        </Button>
      )}
      <Tabs
        size="small"
        activeKey={tab}
        onChange={(key) => onTab(key as SideTab)}
        items={SIDE_TABS.map((key) => ({
          key,
          label: (
            <span data-testid={`side-${key}`}>
              {sideWords.tabs[key]}
              {key === "ticket" && conversation.tickets.length > 0 && (
                <b className="live-count">{conversation.tickets.length}</b>
              )}
            </span>
          ),
          children: contents[key],
        }))}
        destroyOnHidden
      />
    </aside>
  );
}
