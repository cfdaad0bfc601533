import { App, Form } from "antd";
import { useEffect, useState } from "react";
import { ApiError } from "../../api/errors";
import type { Step, TicketDetail } from "../../api/types";
import { stepWords } from "../../messages/case.zh-CN";
import { stepLabels } from "../../messages/labels.zh-CN";
import { useSession } from "../session/useSession";
import { dropDraft, keepDraft, readDraft } from "./drafts";
import { isAskedTwice } from "./stepForms";
import { useTakeStep } from "./stepQueries";
import { fieldPath, initialValues, typedOnly, type Values, withTyped } from "./stepValues";
import { matters } from "./ticketChanges";

const place = window.sessionStorage;

/** A step's form: what stands in it, what has changed meanwhile, and how it is sent. */
export function useStepForm(ticket: TicketDetail, step: Step, onDone: () => void) {
  const { message, modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [seen, setSeen] = useState(ticket);
  const username = useSession().data?.user.username ?? "";
  const ours = { username, number: ticket.number, step };
  const [draft, setDraft] = useState(() => readDraft(ours, place));
  const take = useTakeStep(ticket.number);
  const changed = ticket.version !== seen.version && matters(seen, ticket);

  useEffect(() => {
    if (ticket.version !== seen.version && !matters(seen, ticket)) setSeen(ticket);
  }, [ticket, seen]);

  const typed = () => typedOnly(form.getFieldsValue(true), initialValues(step, seen));
  const goOn = () => {
    form.setFieldsValue(withTyped(initialValues(step, ticket), typed()));
    setSeen(ticket);
    take.reset();
  };
  const startOver = () => {
    dropDraft(ours, place);
    setDraft(null);
    form.setFieldsValue(
      Object.fromEntries(Object.keys(form.getFieldsValue(true)).map((name) => [name, undefined])),
    );
    form.setFieldsValue(initialValues(step, seen));
  };
  const markFields = (error: unknown) => {
    if (!(error instanceof ApiError)) return;
    const details = Object.keys((form.getFieldValue("details") ?? {}) as Values);
    for (const [fact, words] of Object.entries(error.fields)) {
      const name = fieldPath(step, fact, details);
      if (name) form.setFields([{ name, errors: [stepWords.required(words)] }]);
    }
  };
  const send = () => {
    const values: Values = form.getFieldsValue(true);
    take.mutate(
      { step, values, seen },
      {
        onError: markFields,
        onSuccess: () => {
          dropDraft(ours, place);
          void message.success(stepWords.saved(stepLabels[step]));
          onDone();
        },
      },
    );
  };
  const submit = () => {
    if (!isAskedTwice(step)) return send();
    const { ok, cancel, ...questions } = stepWords.confirm;
    const { title, text } = questions[step];
    void modal.confirm({
      title,
      content: text,
      okText: ok,
      cancelText: cancel,
      okButtonProps: { danger: true, "data-testid": "step-confirm" },
      onOk: send,
    });
  };
  return {
    form,
    seen,
    changed,
    hasDraft: draft !== null,
    initial: withTyped(initialValues(step, seen), draft ?? {}),
    error: take.error,
    sending: take.isPending,
    keep: () => keepDraft(ours, typed(), place),
    goOn,
    startOver,
    submit,
  };
}
