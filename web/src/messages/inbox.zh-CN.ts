/** Words of the inbox of notices. */
export const inboxWords = {
  title: "通知",
  bell: (unread: number) => (unread === 0 ? "通知" : `通知，${unread} 条未读`),
  views: { unread: "未读", all: "全部" },
  viewsLabel: "看哪些通知",
  urgent: "紧急",
  read: "标为已读",
  readAll: "全部已读",
  markedRead: "已读",
  to: (target: string) => `发给${target}`,
  ticket: (number: string) => `工单 ${number}`,
  noUnread: "没有未读通知",
  nothing: "还没有收到过通知",
  more: (count: number) => `还有 ${count.toLocaleString("zh-CN")} 条`,
  showMore: "再列一些",
  several: (count: number) => `收到 ${count} 条新通知，点这里查看`,
} as const;
