import "./policy.css";
import { Card, Empty, Input, Menu, Segmented, Select, Spin, Tag, Typography } from "antd";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import type { Policy, PolicyFile } from "../../api/types";
import { deskWords } from "../../messages/desk.zh-CN";
import { policyWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";
import { ErrorPanel } from "../components/ErrorPanel";
import { useClauses, usePolicy } from "./policyQueries";
import {
  foundClauses,
  foundIn,
  type PolicyView,
  readView,
  ruleCount,
  writeView,
} from "./policySearch";
import { RuleEntry } from "./RuleEntry";
import { factNames } from "./readable";

const fileLabel = (name: string) => labelOf(policyWords.files, name);
const labelWithCount = (file: PolicyFile) => `${fileLabel(file.name)} ${ruleCount(file)}`;

interface ViewProps {
  view: PolicyView;
  onChange(view: PolicyView): void;
}

function Sections({ file, policy }: { file: PolicyFile; policy: Policy }) {
  const facts = factNames(policy);
  return file.sections.map((section) => (
    <section key={section.name} className="policy-section">
      <Typography.Title level={3}>{labelOf(policyWords.sections, section.name)}</Typography.Title>
      {section.entries.map((entry) => (
        <RuleEntry key={entry.id} entry={entry} facts={facts} />
      ))}
    </section>
  ));
}

function Rules({ policy, view, onChange }: ViewProps & { policy: Policy }) {
  const files = policy.files.map((file) => foundIn(file, view.text));
  const filled = files.filter((file) => ruleCount(file) > 0);
  const shown = filled.find((file) => file.name === view.file) ?? filled[0];
  const choose = (file: string) => onChange({ ...view, file });
  if (!shown) return <Empty description={policyWords.noRules} />;
  const items = filled.map((file) => ({ key: file.name, label: labelWithCount(file) }));
  return (
    <div className="policy-columns">
      <Menu
        className="policy-menu"
        items={items}
        selectedKeys={[shown.name]}
        onClick={({ key }) => choose(key)}
      />
      <Select
        className="policy-select"
        aria-label={policyWords.title}
        value={shown.name}
        options={items.map(({ key, label }) => ({ value: key, label }))}
        onChange={choose}
      />
      <Card size="small" className="policy-rules" data-testid="policy-rules">
        <div className="quiet">{shown.name}</div>
        <Sections file={shown} policy={policy} />
      </Card>
    </div>
  );
}

function Clauses({ text }: { text: string }) {
  const { data, error, refetch } = useClauses();
  if (!data) {
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Spin />;
  }
  const found = foundClauses(data, text);
  if (found.length === 0) return <Empty description={policyWords.noClauses} />;
  return (
    <Card size="small">
      <ul className="clause-list" data-testid="clause-list">
        {found.map((clause) => (
          <li key={clause.id}>
            <strong className="clause-id">{clause.id}</strong>
            <span className="own-words">{clause.text}</span>
            <span className="quiet cited">
              {clause.cited_by.map((cited) => (
                <Tag key={cited} variant="outlined">
                  {cited}
                </Tag>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The policy in force: its rules in words, and what the clauses say. */
export function PolicyPage() {
  const [query, setQuery] = useSearchParams();
  const { data: policy, error, refetch } = usePolicy();
  const view = readView(query);
  const onChange = (next: PolicyView) => setQuery(writeView(next), { replace: true });
  useEffect(() => {
    document.title = `${policyWords.title} · ${deskWords.title}`;
  }, []);
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{policyWords.title}</Typography.Title>
        {policy && <span className="quiet">{policyWords.version(policy.version)}</span>}
      </div>
      <search className="filter-bar">
        <Segmented<PolicyView["view"]>
          value={view.view}
          options={[
            { value: "rules", label: policyWords.title },
            { value: "clauses", label: policyWords.clauses },
          ]}
          onChange={(next) => onChange({ ...view, view: next })}
        />
        <Input
          allowClear
          type="search"
          className="filter-text"
          maxLength={200}
          placeholder={policyWords.search}
          aria-label={policyWords.search}
          data-testid="policy-search"
          value={query.get("text") ?? ""}
          onChange={(event) => {
            const next = new URLSearchParams(query);
            next.set("text", event.target.value);
            setQuery(next, { replace: true });
          }}
        />
      </search>
      {view.view === "clauses" && <Clauses text={view.text} />}
      {view.view === "rules" && policy && <Rules policy={policy} view={view} onChange={onChange} />}
      {view.view === "rules" && !policy && !error && <Spin className="page-spin" />}
      {view.view === "rules" && !policy && error && (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      )}
    </>
  );
}
