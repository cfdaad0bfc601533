/** Words of the answer aids: canned replies, suggested answers, clauses. */
export const cannedWords = {
  nav: "话术",
  title: "常用话术",
  hint: "在回复框里输入 / 就能按快捷词查找",
  picker: "常用话术，上下键选择，回车插入",
  none: "没有符合的话术",
  unknown: (names: readonly string[]) => `这里还不知道：${names.join("、")}，请补上再发`,
  variables: {
    customer_name: "客户姓名",
    ticket: "工单号",
    agent: "我的姓名",
    product: "产品",
  } as Readonly<Record<string, string>>,
  columns: { shortcut: "快捷词", title: "名称", text: "内容", group: "小组", used: "用过" },
  everybody: "所有人",
  search: "搜索快捷词、名称或内容",
  add: "新增话术",
  edit: "修改",
  remove: "删除",
  removeAsk: (title: string) => `删除“${title}”？`,
  removed: "已删除",
  saved: "已保存",
  cancel: "取消",
  save: "保存",
  readOnly: "话术由主管维护，您可以在这里查看。",
  addTitle: "新增话术",
  editTitle: "修改话术",
  shortcutHelp: "不超过 30 个字，不能有空格和斜杠",
  insertVariable: "点一下插入变量：",
  required: "请填写",
} as const;

export const suggestionWords = {
  title: "可能的答案",
  asked: (text: string) => `按客户的话查找：“${text}”`,
  none: "常见问题里没有合适的答案",
  nothingAsked: "客户还没有说话",
  unavailable: "智能客服暂时没有回应，稍后再试",
  insert: "用这一条",
  sure: "很可能",
  refresh: "重新查找",
  sources: (names: readonly string[]) => `依据：${names.join("、")}`,
} as const;

export const clauseWords = {
  title: "查条款",
  search: "条款号或关键词",
  hint: "输入关键词，例如：三包、上门、回访",
  none: "没有符合的条款",
  insert: "插入",
  quoted: (text: string, name: string) => `${text.replace(/[。；]$/, "")}（${name}）。`,
  more: (count: number) => `还有 ${count} 条，请多输几个字`,
} as const;
