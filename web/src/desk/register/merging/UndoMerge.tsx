import { App, Button, Popconfirm } from "antd";
import { mergeWords as words } from "../../../messages/merging.zh-CN";
import { messageOf } from "../../components/ErrorPanel";
import { useUndoMerge } from "./mergeQueries";

/** Makes two files of one again. */
export function UndoMerge({ id, onUndone }: { id: string; onUndone?: () => void }) {
  const { message } = App.useApp();
  const undo = useUndoMerge();
  return (
    <Popconfirm
      title={words.undo}
      description={words.undoSure}
      okText={words.undo}
      cancelText={words.cancel}
      onConfirm={() =>
        undo.mutate(id, {
          onSuccess: () => {
            void message.success(words.undone);
            onUndone?.();
          },
          onError: (error) => void message.warning(messageOf(error)),
        })
      }
    >
      <Button size="small" loading={undo.isPending} data-testid="undo-merge">
        {words.undo}
      </Button>
    </Popconfirm>
  );
}
