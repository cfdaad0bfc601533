import { useMutation } from "@tanstack/react-query";
import { App, Button, Card, Form, Typography } from "antd";
import { adminApi } from "../../api/admin";
import type { Telephone } from "../../api/types";
import { telephoneWords as words } from "../../messages/admin.zh-CN";
import { messageOf } from "../components/ErrorPanel";
import { TelephoneFields } from "./TelephoneFields";
import { given } from "./telephone";

interface Values {
  telephone: Telephone;
}

/** Where one is rung when one takes a caller. */
export function TelephoneForm({
  telephone,
  onSaved,
}: {
  telephone: Telephone;
  onSaved: () => void;
}) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const save = useMutation({
    mutationFn: (values: Values) => adminApi.changeTelephone(given(values.telephone)),
    onSuccess: (saved) => {
      form.setFieldsValue({ telephone: saved });
      void message.success(words.saved);
      onSaved();
    },
  });
  return (
    <Card size="small" title={words.title} data-testid="telephone">
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ telephone }}
        onFinish={(values) => save.mutate(values)}
      >
        <TelephoneFields />
        {save.error && (
          <p>
            <Typography.Text type="danger">{messageOf(save.error)}</Typography.Text>
          </p>
        )}
        <Button htmlType="submit" loading={save.isPending} data-testid="telephone-save">
          {words.save}
        </Button>
      </Form>
    </Card>
  );
}
