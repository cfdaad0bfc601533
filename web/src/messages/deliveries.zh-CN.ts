/** Words about messages that did not reach their customer. */
export const undeliveredWords = {
  lost: (count: number, time: string) => `${count} 条消息没有送到客户（${time}）`,
  lostBefore: (count: number, time: string) =>
    `之前有 ${count} 条消息没有送到客户（${time}）。客户后来又来信了，可以再发一次。`,
  because: (line: string, advice: string) => `${line}：${advice}`,
  call: "打电话",
  dial: (phone: string) => `拨打 ${phone}`,
  noPhone: "还不知道客户的电话",
  openChat: "看会话",
} as const;
