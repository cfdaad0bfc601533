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
  deputy_gm: "副总经理",
  gm: "总经理",
  admin: "管理员",
} as const;

export const priorityLabels = {
  normal: "普通",
  high: "优先",
  urgent: "紧急",
} as const;

/** How high a matter has gone, and who may approve. */
export const levelLabels = {
  agent: "客服",
  supervisor: "主管",
  manager: "经理",
  deputy_gm: "副总经理",
  gm: "总经理",
} as const;

export const causeClassLabels = {
  quality: "质量异常",
  human: "人为因素",
  other: "其他",
} as const;

export const groundsLabels = {
  sufficient: "成立",
  insufficient: "不成立",
} as const;

export const subjectLabels = {
  quality: "质量",
  service: "服务",
  contract: "合同",
  transport: "运输",
  other: "其他",
} as const;

export const soldByLabels = {
  us: "本公司",
  dealer: "经销商",
} as const;

export const noticeLabels = {
  written: "书面",
  phone: "电话",
  channel: "在线消息",
} as const;

export const replyRequiredLabels = {
  none: "不限",
  written: "书面",
} as const;

/** How a call-back ended. */
export const callbackOutcomeLabels = {
  reached: "已联系上",
  not_reached: "未联系上",
} as const;

/** How a customer rates what was done. */
export const ratingLabels = {
  1: "1 很不满意",
  2: "2 不满意",
  3: "3 满意",
  4: "4 很满意",
} as const;

export const relationLabels = {
  related: "相关",
  same_cause: "同一原因",
  split_from: "拆分",
} as const;

export const handoverLabels = {
  now: "立即转人工",
} as const;

/** By what people are told. */
export const transportLabels = {
  desk: "工作台",
  email: "邮件",
  wecom: "企业微信",
  dingtalk: "钉钉",
  console: "日志",
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
  kf: "微信客服",
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
  material_number: "物料号",
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
  service_class: "服务类别",
  area: "市区或郊区",
  distance_km: "里程（公里）",
  fee_refused: "不同意付费",
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
  judged: "判定",
  rejected: "判定不成立并答复",
  responsibility_set: "定责",
  investigated: "调查",
  solution_proposed: "提出方案",
  solution_refused: "客户未接受方案",
  approved: "批准方案",
  declined: "退回方案",
  customer_notified: "通知客户",
  settled: "了结",
  improved: "制定改进措施",
  called_back: "回访客户",
  improvement_verified: "核实改进措施",
  facts_corrected: "更正资料",
  contacted: "联系客户",
  awaiting_customer: "等待客户答复",
  customer_answered: "客户已答复",
  urged: "催办",
  withdrawn: "撤销",
  linked: "关联工单",
  merged: "合并到另一工单",
  merged_in: "并入一张工单",
  unmerged: "撤销合并",
  merge_undone: "并入已撤销",
  split: "拆出一张工单",
  unlinked: "取消关联",
  compensated_first: "先行赔付",
  inspection_called: "送检验机构",
  supplier_named: "涉及供应商",
  severity_changed: "调整级别",
  assigned: "指派",
  escalated: "升级",
  reopened: "重开",
  noted: "添加备注",
  alerted: "规则提醒",
  acknowledged: "签收升级",
  notified: "通知内部人员",
  emergency_opened: "启动应急处置",
  emergency_task_done: "完成应急事项",
  emergency_closed: "结束应急处置",
  clock_warned: "时限预警",
  clock_breached: "时限超期",
  clock_moved: "时限变更",
  clock_withdrawn: "时限撤销",
  clock_added: "新增时限",
  clock_resumed: "时限恢复",
  order_opened: "开服务单",
  order_planned: "确定维修方案",
  guided_by_phone: "电话指导解决",
  quote_sent: "报价",
  fee_confirmed: "客户同意付费",
  fee_declined: "客户不同意付费",
  fee_waived: "批准免费服务",
  dealer_told: "告知经销商",
  dispatched: "派师傅",
  departed: "师傅出发",
  arrived: "师傅到达",
  diagnosed: "现场检查",
  picture_added: "添加照片",
  record_filed: "服务记录归档",
  human_promised: "承诺人工回电",
  taken_over: "人工接手",
  fixed_on_site: "现场修好",
  taken_in: "带回修理",
  repair_overdue: "修理逾期",
  handed_back: "修好交还",
  signed: "客户签收",
  reported: "提交服务报告",
  audited: "审核服务",
  order_cancelled: "取消服务单",
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
  routing_rule: "分派规则",
  assignee: "处理人",
  priority: "优先级",
  reply_required: "答复要求",
  emergency_open: "应急处置",
  repeats: "重复次数",
  urged: "催办次数",
  reopened: "重开次数",
  first_contact_at: "首次联系",
  awaiting_customer_since: "等待客户起",
  subject: "争议事项",
  sold_by: "销售方",
  grounds: "理由",
  demand_reasonable: "诉求合理",
  claim_amount: "索赔金额",
  rejection_reason: "不成立的原因",
  rejection_evidence: "证据",
  responsible_person: "责任人",
  direct_cause: "直接原因",
  unsolved_cause: "未及时解决的责任",
  supplier: "供应商",
  cause_class: "原因类别",
  findings: "调查结果",
  quality_disputed: "质量有争议",
  inspection_body: "检验机构",
  solution: "解决方案",
  solution_amount: "方案金额",
  concession: "让步金额",
  compensate_first: "先行赔付",
  proposed_by: "提出人",
  approved_by: "批准人",
  approval_level: "批准权限",
  approved_at: "批准时间",
  notified_at: "通知时间",
  notified_how: "通知方式",
  notice_id: "通知消息",
  carried_out: "落实情况",
  settled_at: "了结时间",
  customer_accepted: "客户接受",
  reaction: "客户反应",
  callback_attempts: "未接通的回访次数",
  callback_at: "回访时间",
  callback_outcome: "回访结果",
  called_at: "拨打时间",
  reached: "联系上客户",
  rated_attitude: "服务态度评分",
  rated_skill: "技术水平评分",
  rated_arrival: "准时到达评分",
  rated_promises: "信守约定评分",
  customer_suggestion: "客户建议",
  corrective_action: "纠正措施",
  preventive_action: "预防措施",
  action_owner: "措施负责人",
  action_due: "措施期限",
  action_verified_at: "措施核实时间",
  merged_into: "并入工单",
  merged_from: "并入的工单",
  stage_before_merge: "合并前阶段",
  linked: "关联工单",
  relation: "关系",
  split_into: "拆出的工单",
  level: "升级层级",
  called: "要求签收",
  handover: "对话",
  notify: "通知",
  target: "通知对象",
  transport: "通知途径",
  task: "事项",
  clock: "时限",
  due_at: "到期时间",
  order: "服务单",
  order_stage: "服务单状态",
  cause: "故障原因",
  diagnosis: "现场检查",
  record: "记录存放",
  record_filed_at: "记录归档时间",
  picture: "照片",
  agent: "接手人",
  unlinked: "取消关联",
  family: "产品类别",
  service_class: "服务类别",
  parts_charged: "配件收费",
  parts_discount: "配件优惠",
  dealer_sold: "经销商售出",
  parts_urgent: "急需配件",
  region: "服务地区",
  area: "市区或郊区",
  distance_km: "里程",
  plan: "维修方案",
  planned_at: "方案时间",
  quoted_total: "报价金额",
  agreed_total: "同意金额",
  confirmed_at: "同意时间",
  answered_how: "答复方式",
  fee_refused: "不同意付费",
  waived_by: "免费批准人",
  dealer_told_at: "告知经销商时间",
  dealer_told_to: "经销商联系人",
  technician: "师傅",
  visit_at: "约定上门时间",
  dispatched_at: "派工时间",
  departed_at: "出发时间",
  arrived_at: "到达时间",
  work_done: "处理内容",
  hours: "工时",
  nights: "住宿晚数",
  bill_total: "应收金额",
  card_entry: "保修卡记录",
  receipt: "收据",
  promised_on: "承诺日期",
  overdue_at: "逾期上报时间",
  receipt_voided: "收据作废",
  done_at: "完工时间",
  signed_at: "签收时间",
  signed_how: "签收方式",
  signed_by: "签收人",
  opinion: "客户意见",
  invoice: "发票号",
  report: "服务报告",
  reported_at: "报告时间",
  satisfied: "客户满意",
  audited_cost: "审核费用",
  audited_at: "审核时间",
};

/** Steps of the workflow, as the desk offers them. */
export const stepLabels = {
  judge: "判定",
  reject: "判定不成立并答复",
  set_responsibility: "定责",
  investigate: "调查",
  propose: "提出方案",
  approve: "批准方案",
  decline: "退回方案",
  notify_customer: "通知客户",
  settle: "了结",
  record_callback: "记录回访",
  improve: "制定改进措施",
  verify_improvement: "核实改进措施",
  correct_facts: "更正资料",
  assign: "指派",
  contact: "记录联系",
  await_customer: "等待客户答复",
  customer_answered: "客户已答复",
  add_words: "补充内容",
  urge: "催办",
  withdraw: "撤销",
  reopen: "重开",
  link: "关联工单",
  unlink: "取消关联",
  merge: "合并到另一工单",
  unmerge: "撤销合并",
  split: "拆出一张工单",
} as const;
