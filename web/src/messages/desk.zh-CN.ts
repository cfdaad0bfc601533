/** Every word of the agents' desk, page by page. */
export const deskWords = {
  title: "应声 客服工作台",
  enableScripts: "请打开浏览器的 JavaScript 后再使用客服工作台。",
  loading: "正在加载",
  unknownPage: "没有这个页面",
  backToTickets: "返回工单列表",
} as const;

export const loginWords = {
  title: "应声 客服工作台",
  username: "用户名",
  password: "密码",
  submit: "登录",
  usernameMissing: "请输入用户名",
  passwordMissing: "请输入密码",
  code: "动态验证码",
  codeHint: "身份验证器应用里的 6 位数字；手机不在身边时输入恢复码",
  codeMissing: "请输入动态验证码",
  wait: (seconds: number) => `请 ${seconds} 秒后再试`,
} as const;

export const layoutWords = {
  brand: "应声",
  tickets: "工单",
  wall: "时限",
  policy: "规则",
  register: "档案",
  logout: "退出登录",
  account: "账号",
  connected: "实时已连接",
  reconnecting: "重连中",
  themes: { system: "跟随系统", light: "浅色", dark: "深色" },
  theme: (name: string) => `外观：${name}`,
} as const;

export const ticketListWords = {
  title: "工单",
  columns: {
    number: "工单号",
    kind: "类型",
    title: "标题",
    stage: "阶段",
    customer: "客户",
    department: "部门",
    priority: "优先级",
    level: "层级",
    nextDue: "最近时限",
  },
  filters: {
    kind: "全部类型",
    kindLabel: "按类型筛选",
    stage: "全部阶段",
    stageLabel: "按阶段筛选",
    text: "搜索内容、工单号或电话",
    clear: "清空筛选",
  },
  hazard: "安全隐患",
  also: (kind: string) => `兼${kind}`,
  anonymous: "未留姓名",
  none: "—",
  total: (count: number) => `共 ${count.toLocaleString("zh-CN")} 张`,
  newTickets: (count: number) => `有 ${count} 张新工单`,
  showNew: "查看",
  empty: "还没有工单",
  emptyFiltered: "没有符合条件的工单",
} as const;

export const ticketWords = {
  title: (number: string) => `工单 ${number}`,
  back: "工单列表",
  description: "客户原话",
  demand: "客户诉求",
  details: "详细信息",
  noDetails: "没有登记其他信息",
  contact: "联系方式",
  name: "姓名",
  phone: "电话",
  address: "地址",
  none: "未提供",
  conversation: "完整对话",
  noMessages: "没有对话记录",
  quickReplies: (replies: string) => `快捷回复：${replies}`,
  timeline: "处理记录",
  noTimeline: "没有处理记录",
  facts: {
    department: "负责部门",
    assignee: "处理人",
    level: "层级",
    priority: "优先级",
    channel: "来源渠道",
    createdAt: "创建时间",
    updatedAt: "最近更新",
    policyVersion: "规则版本",
  },
  steps: "处理流程",
  stepOf: (step: number, all: number, stage: string) => `第 ${step} / ${all} 步：${stage}`,
  offPath: {
    rejected: "投诉不成立",
    cancelled: "工单已取消",
    reopened: "工单已重开，需重新判定",
  },
  signals: {
    hazard: "安全隐患",
    hazardKind: (kind: string) => `隐患：${kind}`,
    anger: (level: number) => `情绪 ${level}/3`,
    threat: "有过激言论",
    vulnerable: "家有老幼病弱",
    repeated: "多次反映",
    wantsHuman: "要求人工",
  },
  change: (field: string, before: string, after: string) => `${field}：${before} → ${after}`,
  set: (field: string, after: string) => `${field}：${after}`,
  emptyValue: "空",
  yes: "是",
  no: "否",
  list: "、",
  stop: "；",
  did: " ",
  rule: (rule: string) => `规则 ${rule}`,
  source: "条款",
  visibility: { internal: "内部", customer: "客户可见" },
  hash: (hash: string) => `校验值 ${hash}`,
  copy: "复制工单号",
  copied: "已复制",
} as const;

export const errorPanelWords = {
  title: "没有加载成功",
  retry: "重试",
  crashed: "页面出错了，请刷新后再试。",
  reload: "刷新页面",
} as const;

/** How many a list has, and how many of them it does not show. */
export const countWords = {
  all: (total: number) => `共 ${total.toLocaleString("zh-CN")} 条`,
  rest: (total: number, rest: number) =>
    `共 ${total.toLocaleString("zh-CN")} 条，还有 ${rest.toLocaleString("zh-CN")} 条没有列出`,
} as const;

/** How several things are written beside one another. */
export const joinWords = {
  listed: (names: string[]) => names.join("、"),
  withRemark: (name: string, remark: string) => `${name}（${remark}）`,
} as const;

export const timeWords = {
  justNow: "刚刚",
  minutesAgo: (count: number) => `${count} 分钟前`,
  hoursAgo: (count: number) => `${count} 小时前`,
  yesterday: (time: string) => `昨天 ${time}`,
  daysAgo: (count: number) => `${count} 天前`,
} as const;
