/** Said when the server gave no wording of its own. */
export const errorWords = {
  network: "网络连接失败，请检查网络后重试。",
  timeout: "服务器长时间没有回应，请稍后重试。",
  unavailable: "系统繁忙，请稍后重试。",
  unauthorized: "登录已失效，请重新登录。",
  forbidden: "您没有权限进行这项操作。",
  notFound: "没有找到相关内容。",
  tooMany: "操作过于频繁，请稍后再试。",
  badAnswer: "服务器返回了无法识别的内容，请稍后重试。",
  other: "操作没有成功，请重试。",
} as const;
