/** Chinese for the words that the API uses. What is not here is shown as it came. */

export const kindLabels = {
  quality_complaint: "质量投诉",
  service_complaint: "服务投诉",
  suggestion: "建议",
  repair_request: "报修",
  return_exchange: "退换",
  inquiry: "咨询",
} as const;

export const stageLabels = {
  recorded: "已记录",
  judged: "已判定",
  responsibility_set: "已定责",
  investigated: "已调查",
  solution_proposed: "已提方案",
  customer_notified: "已通知客户",
  settled: "已了结",
  improved: "已改进",
  rejected: "不成立",
  cancelled: "已取消",
  reopened: "已重开",
} as const;

export const severityLabels = {
  minor: "轻微",
  serious: "严重",
  grave: "重大",
} as const;

export const intakeLabels = {
  complete: "资料完整",
  incomplete: "待补充",
  raw: "原始记录",
} as const;

export const roleLabels = {
  agent: "客服",
  supervisor: "主管",
  manager: "经理",
  admin: "管理员",
} as const;

export const senderLabels = {
  customer: "客户",
  bot: "智能客服",
  agent: "人工客服",
  system: "系统",
} as const;

export const channelLabels: Readonly<Record<string, string>> = {
  web: "网页",
  phone: "电话",
  wechat: "微信",
};

export const demandLabels: Readonly<Record<string, string>> = {
  return: "退货",
  exchange: "换货",
  repair: "维修",
  refund: "退款",
  compensation: "赔偿",
  apology: "道歉",
  visit: "尽快上门",
  handle: "处理、给说法",
};

/** Fields of a ticket's details, in the order in which they are shown. */
export const detailLabels: Readonly<Record<string, string>> = {
  product: "产品",
  brand: "品牌",
  model: "型号",
  serial_number: "序列号",
  fault: "故障现象",
  happened_at: "发生时间",
  where: "发生地点",
  staff: "涉及人员",
  order_number: "订单号",
  purchase_date: "购买日期",
  purchase_words: "购买时间原话",
  purchase_place: "购买渠道",
  quantity: "数量",
  defective_quantity: "不良数量",
  amount: "金额",
  demand_words: "诉求原话",
  visit_time: "希望上门时间",
  business_area: "涉及业务",
  related_ticket: "相关工单",
  topic: "咨询类别",
  questions: "客户的问题",
};

export const topicLabels: Readonly<Record<string, string>> = {
  consultation: "使用咨询",
  human_request: "要求人工",
  status_query: "进度查询",
  warranty_inquiry: "保修咨询",
};

export const hazardLabels: Readonly<Record<string, string>> = {
  smoke: "冒烟",
  fire: "着火",
  electric: "漏电",
  gas: "燃气泄漏",
  explosion: "爆炸",
  injury: "人身伤害",
};

export const verbLabels: Readonly<Record<string, string>> = {
  filed: "登记工单",
  routed: "分派部门",
  added: "补充内容",
  stage_changed: "推进流程",
  severity_changed: "调整级别",
  assigned: "指派",
  escalated: "升级",
  reopened: "重开",
  noted: "添加备注",
};

/** Fields that a timeline entry may have changed. */
export const fieldLabels: Readonly<Record<string, string>> = {
  stage: "阶段",
  kind: "类型",
  secondary_kind: "兼有类型",
  severity: "级别",
  hazard: "安全隐患",
  intake: "资料",
  department: "部门",
  title: "标题",
  description: "客户描述",
  demand: "诉求",
  customer_name: "客户",
  phone: "电话",
  address: "地址",
  owner: "负责人",
  level: "升级层级",
};
