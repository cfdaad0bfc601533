import "./live.css";
import { Alert, Empty, Grid } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { deskWords } from "../../messages/desk.zh-CN";
import { liveWords } from "../../messages/live.zh-CN";
import { useHotkeys } from "../keyboard/useHotkeys";
import { useConnected } from "../realtime/RealtimeProvider";
import { type ChatHandle, ChatPane } from "./chat/ChatPane";
import { MOST, PAGE, useLiveList } from "./data/liveQueries";
import { ConversationList } from "./list/ConversationList";
import { useLiveFilter } from "./list/useLiveFilter";
import { neighbour } from "./model/cards";
import { SIDE_TABS, SidePanel, type SideTab } from "./side/SidePanel";

/** Short interruptions are nobody's business. */
const TELL_AFTER_MS = 2_000;

function useLost(): boolean {
  const connected = useConnected();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    setLost(false);
    if (connected) return undefined;
    const timer = setTimeout(() => setLost(true), TELL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [connected]);
  return lost;
}

/** The side panel: beside the chat where there is room, else in its place. */
function useSide() {
  const broad = Grid.useBreakpoint().xl ?? true;
  const [asked, ask] = useState<boolean | null>(null);
  const [tab, setTab] = useState<SideTab>("understood");
  return { shown: asked ?? broad, ask, tab, setTab };
}

/** The live desk: who wants something, the conversation, and what helps to answer. */
export function LivePage() {
  const id = useParams().id ?? null;
  const navigate = useNavigate();
  const { filter, change, pathTo } = useLiveFilter();
  const [limit, setLimit] = useState(PAGE);
  const { data: list, error, refetch } = useLiveList(filter, limit);
  const { md: wide = true } = Grid.useBreakpoint();
  const side = useSide();
  const chat = useRef<ChatHandle>(null);
  const lost = useLost();
  useEffect(() => {
    document.title = `${liveWords.title} · ${deskWords.title}`;
  }, []);

  // keys may come faster than pages change
  const aim = useRef(id);
  useEffect(() => {
    aim.current = id;
  }, [id]);
  const go = (by: 1 | -1) => {
    const to = neighbour(list?.items ?? [], aim.current, by);
    if (to === null) return;
    aim.current = to;
    void navigate(pathTo(to));
  };
  const pick = (text: string) => {
    chat.current?.insert(text);
    if (!wide) side.ask(false);
  };
  const showMine = useCallback(() => {
    if (filter.view === "queue" || filter.view === "bot") change({ view: "mine", text: "" });
  }, [filter.view, change]);
  const act = (key: string) => () => chat.current?.act(key);
  const focus = () => chat.current?.focus();
  useHotkeys({
    j: () => go(1),
    k: () => go(-1),
    c: act("claim"),
    t: act("takeOver"),
    b: act("handBack"),
    f: act("transfer"),
    x: act("close"),
    m: () => chat.current?.writeNote(),
    i: focus,
    q: () => chat.current?.openCanned(),
    p: () => side.ask(!side.shown),
    ...Object.fromEntries(
      SIDE_TABS.map((tab, index) => [
        String(index + 1),
        () => {
          side.ask(true);
          side.setTab(tab);
        },
      ]),
    ),
  });

  const sideShown = id !== null && side.shown;
  const pane = id === null ? "list" : sideShown ? "side" : "chat";
  return (
    <div className="live-frame">
      <h1 className="for-screen-readers">{liveWords.title}</h1>
      {lost && <Alert banner type="warning" title={liveWords.lost} data-testid="live-lost" />}
      <div className="live-page" data-pane={pane} data-side={sideShown} data-testid="live-page">
        <ConversationList
          filter={filter}
          list={list}
          error={error}
          limit={limit}
          openId={id}
          pathTo={pathTo}
          onFilter={(values) => {
            setLimit(PAGE);
            change(values);
          }}
          onMore={() => setLimit(MOST)}
          onRetry={() => void refetch()}
        />
        {id === null ? (
          <div className="live-chat live-nothing">
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={liveWords.choose} />
            <span className="quiet">{liveWords.chooseHint}</span>
          </div>
        ) : (
          <ChatPane
            key={id}
            ref={chat}
            id={id}
            onTaken={showMine}
            onBack={() => void navigate(pathTo(null))}
            onSide={() => side.ask(!side.shown)}
            onNeighbour={go}
          />
        )}
        {sideShown && (
          <SidePanel
            key={`side-${id}`}
            id={id}
            tab={side.tab}
            narrow={!wide}
            onTab={side.setTab}
            onClose={() => side.ask(false)}
            onPick={pick}
          />
        )}
      </div>
    </div>
  );
}
