import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Form, Input, Typography } from "antd";
import { useEffect, useState } from "react";
import { Navigate, useSearchParams } from "react-router";
import { deskApi } from "../../api/desk";
import { ApiError } from "../../api/errors";
import { deskWords, loginWords } from "../../messages/desk.zh-CN";
import { messageOf } from "../components/ErrorPanel";
import { returnPath } from "../session/returnPath";
import { changeSession, useSession } from "../session/useSession";
import { useCountdown } from "./useCountdown";

interface Credentials {
  username: string;
  password: string;
  code?: string;
}

/** What a refused log-in says when the account asks for a code as well. */
const ASKS_FOR_CODE = new Set(["second_factor_needed", "second_factor_wrong"]);

function useLogin() {
  const client = useQueryClient();
  const [secondsLeft, startCountdown] = useCountdown();
  const [asksForCode, setAsksForCode] = useState(false);
  const login = useMutation({
    mutationFn: (credentials: Credentials) => deskApi.login(credentials),
    onSuccess: (session) => changeSession(client, session),
    onError: (error) => {
      const wait = error instanceof ApiError ? error.retryAfterSeconds : null;
      if (wait !== null) startCountdown(Math.ceil(wait));
      if (error instanceof ApiError && ASKS_FOR_CODE.has(error.code)) setAsksForCode(true);
    },
  });
  return { login, secondsLeft, asksForCode };
}

export function LoginPage() {
  const [query] = useSearchParams();
  const { data: session } = useSession();
  const { login, secondsLeft, asksForCode } = useLogin();
  useEffect(() => {
    document.title = deskWords.title;
  }, []);
  if (session) return <Navigate replace to={returnPath(query.get("next"))} />;

  return (
    <main className="login-page">
      <Card className="login-card">
        <Typography.Title level={1} className="login-title">
          {loginWords.title}
        </Typography.Title>
        <Form<Credentials>
          layout="vertical"
          size="large"
          requiredMark={false}
          onFinish={(credentials) => login.mutate(credentials)}
        >
          <Form.Item
            name="username"
            label={loginWords.username}
            rules={[{ required: true, whitespace: true, message: loginWords.usernameMissing }]}
          >
            <Input
              autoFocus
              autoComplete="username"
              autoCapitalize="none"
              data-testid="login-username"
            />
          </Form.Item>
          <Form.Item
            name="password"
            label={loginWords.password}
            rules={[{ required: true, message: loginWords.passwordMissing }]}
          >
            <Input.Password autoComplete="current-password" data-testid="login-password" />
          </Form.Item>
          {asksForCode && (
            <Form.Item
              name="code"
              label={loginWords.code}
              extra={loginWords.codeHint}
              rules={[{ required: true, whitespace: true, message: loginWords.codeMissing }]}
            >
              <Input
                autoFocus
                autoComplete="one-time-code"
                maxLength={20}
                data-testid="login-code"
              />
            </Form.Item>
          )}
          {login.error && (
            <Alert
              className="login-error"
              type="error"
              showIcon
              title={messageOf(login.error)}
              data-testid="login-error"
            />
          )}
          <Button
            block
            type="primary"
            htmlType="submit"
            loading={login.isPending}
            disabled={secondsLeft > 0}
            data-testid="login-submit"
          >
            {secondsLeft > 0 ? loginWords.wait(secondsLeft) : loginWords.submit}
          </Button>
        </Form>
      </Card>
    </main>
  );
}
