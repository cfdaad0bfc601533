import "./merging.css";
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, App, Button, Result, Typography } from "antd";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { Merge } from "../../../api/register";
import type { CustomerFile } from "../../../api/types";
import { deskWords } from "../../../messages/desk.zh-CN";
import { mergeWords as words } from "../../../messages/merging.zh-CN";
import { messageOf } from "../../components/ErrorPanel";
import { supervises } from "../../session/roles";
import { useSession } from "../../session/useSession";
import { FileSlot } from "./FileSlot";
import { MergeTable, type Slot } from "./MergeTable";
import { useCustomerFile, useMerge } from "./mergeQueries";
import { UndoMerge } from "./UndoMerge";

/** Which two: in the address, so that a file's page can lead here. */
function useChosen() {
  const [query, setQuery] = useSearchParams();
  const choose = (slot: Slot, id: string | null) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        if (id === null) next.delete(slot);
        else next.set(slot, id);
        return next;
      },
      { replace: true },
    );
  return { a: query.get("a"), b: query.get("b"), choose, clear: () => setQuery({}) };
}

interface DecisionProps {
  a: CustomerFile;
  b: CustomerFile;
  onMerged(merge: Merge): void;
}

function Decision({ a, b, onMerged }: DecisionProps) {
  const { modal, message } = App.useApp();
  const [kept, setKept] = useState<Slot>("a");
  const merge = useMerge();
  const [keeping, other] = kept === "a" ? [a, b] : [b, a];
  const ask = () =>
    modal.confirm({
      title: words.sure(keeping.name, other.name),
      content: words.explain,
      okText: words.merge,
      cancelText: words.cancel,
      okButtonProps: { "data-testid": "merge-sure" },
      onOk: () =>
        merge.mutate(
          { keptId: keeping.id, otherId: other.id },
          {
            onSuccess: onMerged,
            onError: (error) => void message.warning(messageOf(error)),
          },
        ),
    });
  return (
    <>
      <MergeTable files={{ a, b }} kept={kept} onKeep={setKept} />
      <Button
        type="primary"
        className="merge-button"
        loading={merge.isPending}
        data-testid="merge"
        onClick={ask}
      >
        {words.merge}
      </Button>
    </>
  );
}

function Merging({ onMerged }: { onMerged(merge: Merge): void }) {
  const chosen = useChosen();
  const a = useCustomerFile(chosen.a).data;
  const b = useCustomerFile(chosen.b).data;
  const same = chosen.a !== null && chosen.a === chosen.b;
  const ready = a && b && !same && a.merged_into === null && b.merged_into === null;
  return (
    <div className="ticket-column">
      <div className="merge-slots">
        <FileSlot slot="a" id={chosen.a} onChoose={(id) => chosen.choose("a", id)} />
        <FileSlot slot="b" id={chosen.b} onChoose={(id) => chosen.choose("b", id)} />
      </div>
      {same && <Alert showIcon type="warning" title={words.same} />}
      {ready && <Decision key={`${a.id} ${b.id}`} a={a} b={b} onMerged={onMerged} />}
    </div>
  );
}

/** Two files of one customer are found, compared and made one. */
export function MergePage() {
  const role = useSession().data?.user.role;
  const { clear } = useChosen();
  const [merged, setMerged] = useState<Merge | null>(null);
  useEffect(() => {
    document.title = `${words.title} · ${deskWords.title}`;
  }, []);
  if (role === undefined || !supervises(role)) {
    return <Result status="403" title={words.supervisorsOnly} />;
  }
  return (
    <article>
      <Link to="/register" className="back-link">
        <ArrowLeftOutlined /> {words.back}
      </Link>
      <div className="page-head">
        <Typography.Title level={1}>{words.title}</Typography.Title>
      </div>
      {merged === null ? (
        <>
          <p className="quiet">{words.hint}</p>
          <Merging onMerged={setMerged} />
        </>
      ) : (
        <Result
          status="success"
          title={words.done}
          data-testid="merged"
          extra={[
            <Link key="file" to={`/register?customer=${merged.kept_id}`}>
              {words.seeFile}
            </Link>,
            <UndoMerge key="undo" id={merged.id} onUndone={() => setMerged(null)} />,
            <Button
              key="another"
              size="small"
              onClick={() => {
                setMerged(null);
                clear();
              }}
            >
              {words.another}
            </Button>,
          ]}
        />
      )}
    </article>
  );
}
