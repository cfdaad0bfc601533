import "./liveWall.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Badge, Button, Card, Col, Dropdown, Row, Statistic } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { liveApi } from "../../../api/live";
import type {
  AgentState,
  LiveCard,
  LiveGroup,
  LiveWall,
  PresenceState,
} from "../../../api/liveTypes";
import { presenceWords, liveWallWords as words } from "../../../messages/live.zh-CN";
import { formatRelative } from "../../../shared/time";
import { ErrorLine, messageOf } from "../../components/ErrorPanel";
import { useNow, useSecond } from "../../components/useNow";
import { AssignDialog } from "../chat/DeedDialogs";
import { agentsKey, liveWallKey } from "../data/liveKeys";
import { useConversation, useLiveList, useLiveWall } from "../data/liveQueries";
import { useDeeds } from "../data/useDeeds";
import { type ListFilter, waitedSeconds, waitTone } from "../model/cards";
import { customerName, waitText } from "../model/words";
import { PRESENCE_DOTS } from "../presence/PresenceSwitch";

const QUEUE: ListFilter = { view: "queue", group: null, text: "" };
const STATES: readonly PresenceState[] = ["online", "busy", "away", "offline"];
const RANK: Readonly<Record<PresenceState, number>> = { online: 0, busy: 1, away: 2, offline: 3 };

const toneOf = (seconds: number | null) =>
  seconds === null || seconds < 1 ? "" : `tone-${waitTone(seconds)}`;

function Figures({ wall }: { wall: LiveWall }) {
  const atWork = wall.agents.filter(({ state }) => state === "online" || state === "busy").length;
  const longest = wall.longest_wait_seconds;
  const figures = [
    {
      title: words.waiting,
      value: String(wall.waiting),
      tone: wall.waiting > 0 ? "tone-warned" : "",
    },
    { title: words.longest, value: waitText(longest), tone: toneOf(longest) },
    { title: words.withAgents, value: String(wall.with_agents), tone: "" },
    { title: words.withBot, value: String(wall.with_bot), tone: "" },
    { title: words.handled, value: String(wall.handled_today), tone: "" },
    { title: words.atWork, value: String(atWork), tone: atWork === 0 ? "tone-over" : "" },
  ];
  return (
    <Row gutter={[12, 12]} className="wall-summary" data-testid="live-figures">
      {figures.map(({ title, value, tone }) => (
        <Col key={title} xs={8} lg={4}>
          <Card size="small">
            <Statistic title={title} value={value} className={tone} />
          </Card>
        </Col>
      ))}
    </Row>
  );
}

function Groups({ groups }: { groups: readonly LiveGroup[] }) {
  return (
    <Card size="small" title={words.groups}>
      <table className="live-table" data-testid="live-groups">
        <thead>
          <tr>
            <th>{words.group}</th>
            <th>{words.groupWaiting}</th>
            <th>{words.groupLongest}</th>
            <th>{words.groupOnline}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ id, name, waiting, longest_wait_seconds: longest, online }) => (
            <tr key={id} data-group={id}>
              <td>{name}</td>
              <td>{waiting}</td>
              <td className={toneOf(longest)}>{waitText(longest)}</td>
              <td className={online === 0 ? "tone-over" : ""}>{online}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** A supervisor says how somebody is there, as when they left without saying so. */
function StateSwitch({ agent }: { agent: AgentState }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const change = useMutation({
    mutationFn: (state: PresenceState) => liveApi.setAgentPresence(agent.username, state),
    onSuccess: () => void message.success(words.changed),
    onError: (error) => void message.error(messageOf(error)),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: liveWallKey });
      void client.invalidateQueries({ queryKey: agentsKey });
    },
  });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: [agent.state],
        items: STATES.map((state) => ({
          key: state,
          label: <Badge status={PRESENCE_DOTS[state]} text={presenceWords.states[state]} />,
        })),
        onClick: ({ key }) => change.mutate(key as PresenceState),
      }}
    >
      <Button
        size="small"
        type="text"
        loading={change.isPending}
        title={words.setState(agent.display_name)}
        data-testid="agent-state"
      >
        <Badge status={PRESENCE_DOTS[agent.state]} text={presenceWords.states[agent.state]} />
      </Button>
    </Dropdown>
  );
}

function Agents({ agents }: { agents: readonly AgentState[] }) {
  const now = useNow();
  const sorted = [...agents].sort(
    (one, other) => RANK[one.state] - RANK[other.state] || other.load - one.load,
  );
  return (
    <Card size="small" title={words.agents}>
      {agents.length === 0 && <span className="quiet">{words.noAgents}</span>}
      <div className="live-table-scroll">
        <table className="live-table" data-testid="live-agents">
          <tbody>
            {sorted.map((agent) => (
              <tr key={agent.username} data-username={agent.username} data-state={agent.state}>
                <td>{agent.display_name}</td>
                <td>
                  <StateSwitch agent={agent} />
                </td>
                <td className={agent.load >= agent.capacity ? "tone-over" : ""}>
                  {presenceWords.load(agent.load, agent.capacity)}
                </td>
                <td className="quiet">{agent.since && formatRelative(agent.since, now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Assign({ id, onClose }: { id: string; onClose(): void }) {
  const { data: conversation } = useConversation(id);
  const deeds = useDeeds(id);
  if (!conversation) return null;
  return <AssignDialog conversation={conversation} deeds={deeds} onClose={onClose} />;
}

function WaitingLine({ card, onAssign }: { card: LiveCard; onAssign(): void }) {
  const waited = waitedSeconds(card, useSecond());
  return (
    <li className="side-meta" data-testid="wall-waiting">
      <Link to={`/live/${card.id}?view=queue`}>{customerName(card)}</Link>
      <span className="quiet live-line-summary">{card.understanding?.summary}</span>
      <span className={toneOf(waited)}>{waitText(waited)}</span>
      <Button size="small" onClick={onAssign}>
        {words.assign}
      </Button>
    </li>
  );
}

function Waiting() {
  const { data: list } = useLiveList(QUEUE);
  const [assigned, assign] = useState<string | null>(null);
  const cards = list?.items ?? [];
  return (
    <Card size="small" title={words.queue}>
      {cards.length === 0 && <span className="quiet">{words.noQueue}</span>}
      <ul className="side-list live-waiting">
        {cards.map((card) => (
          <WaitingLine key={card.id} card={card} onAssign={() => assign(card.id)} />
        ))}
      </ul>
      {assigned && <Assign key={assigned} id={assigned} onClose={() => assign(null)} />}
    </Card>
  );
}

/** The live part of the wall: who waits, who is there, and what a supervisor can do about it. */
export function LiveSection() {
  const { data: wall, error } = useLiveWall(true);
  if (!wall) return error ? <ErrorLine error={error} /> : null;
  return (
    <section className="live-wall" aria-label={words.title} data-testid="live-wall">
      <Figures wall={wall} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={8}>
          <Waiting />
        </Col>
        <Col xs={24} lg={8}>
          <Groups groups={wall.by_group} />
        </Col>
        <Col xs={24} lg={8}>
          <Agents agents={wall.agents} />
        </Col>
      </Row>
    </section>
  );
}
