import { App, Button, Card, Checkbox, Progress } from "antd";
import { useState } from "react";
import type { Emergency } from "../../api/types";
import { emergencyWords } from "../../messages/case.zh-CN";
import { formatShortTime } from "../../shared/time";
import { useNow } from "../components/useNow";
import { ClauseTag } from "../policy/ClauseTag";
import { useCloseEmergency, useEmergency, useEmergencyTask } from "./escalationQueries";
import { RemarkModal } from "./RemarkModal";

type Task = Emergency["tasks"][number];
type Asked = { task: Task } | "close" | null;

function TaskLine({ task, open, onTick }: { task: Task; open: boolean; onTick(): void }) {
  const now = useNow();
  const done = task.done_at !== null;
  return (
    <li data-testid="emergency-task" data-task={task.task} data-done={done}>
      <Checkbox checked={done} disabled={done || !open} onChange={onTick}>
        {task.name}
      </Checkbox>
      {task.done_at !== null && (
        <div className="quiet task-note">
          {emergencyWords.done(task.done_by ?? "", formatShortTime(task.done_at, now))}
          {task.note && <div className="own-words">{task.note}</div>}
        </div>
      )}
    </li>
  );
}

function useTicking(number: string, close: () => void) {
  const { message } = App.useApp();
  const tick = useEmergencyTask(number);
  const end = useCloseEmergency(number);
  const onSuccess = () => {
    void message.success(emergencyWords.saved);
    close();
  };
  return {
    sending: tick.isPending || end.isPending,
    error: tick.error ?? end.error,
    reset: () => {
      tick.reset();
      end.reset();
    },
    send: (asked: NonNullable<Asked>, note: string | null) =>
      asked === "close"
        ? end.mutate({ note }, { onSuccess })
        : tick.mutate({ task: asked.task.task, note }, { onSuccess }),
  };
}

/** The checklist of an emergency (R7-4.4.5); nothing on tickets that never had one. */
export function EmergencyCard({ number }: { number: string }) {
  const { data: emergency } = useEmergency(number);
  const [asked, ask] = useState<Asked>(null);
  const ticking = useTicking(number, () => ask(null));
  if (!emergency || emergency.tasks.length === 0) return null;
  const { open, tasks, source } = emergency;
  const done = tasks.filter((task) => task.done_at !== null).length;
  return (
    <Card
      size="small"
      title={`${emergencyWords.title} · ${open ? emergencyWords.open : emergencyWords.closed}`}
      extra={<ClauseTag id={source} />}
      className={open ? "emergency open" : "emergency"}
      data-testid="emergency"
      data-open={open}
    >
      <Progress
        aria-label={emergencyWords.title}
        size="small"
        percent={(done / tasks.length) * 100}
        status={open ? "active" : "normal"}
        format={() => emergencyWords.progress(done, tasks.length)}
      />
      <ul className="task-list">
        {tasks.map((task) => (
          <TaskLine key={task.task} task={task} open={open} onTick={() => ask({ task })} />
        ))}
      </ul>
      {open && (
        <Button
          size="small"
          danger
          disabled={done < tasks.length}
          data-testid="emergency-close"
          onClick={() => ask("close")}
        >
          {emergencyWords.close}
        </Button>
      )}
      {asked && (
        <RemarkModal
          title={
            asked === "close" ? emergencyWords.closeTitle : emergencyWords.tick(asked.task.name)
          }
          sending={ticking.sending}
          error={ticking.error}
          onSend={(note) => ticking.send(asked, note)}
          onClose={() => {
            ticking.reset();
            ask(null);
          }}
        />
      )}
    </Card>
  );
}
