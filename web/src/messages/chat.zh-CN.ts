/** Every word of the customer's chat page. */
export const chatWords = {
  title: "应声 售后服务",
  enableScripts: "请打开浏览器的 JavaScript 后再使用在线客服。",
  newConversation: "新会话",
  confirmNew: {
    title: "开始新的会话？",
    body: "页面上的对话将不再显示。已经登记的工单不受影响，请记下您的工单号。",
    unsent: "还没有发出去的消息会在新会话里继续发送。",
    yes: "开始新会话",
    no: "继续当前会话",
  },
  history: "对话内容",
  connecting: "正在连接客服，请稍候…",
  typing: (name: string) => `${name}正在输入`,
  seen: "已读",
  newBelow: "以下是新消息",
  senders: {
    customer: "我",
    bot: "小应",
    agent: "人工客服",
    system: "系统提示",
  },
  spokenBy: (name: string) => `${name}：`,
  composer: {
    label: "输入消息",
    placeholder: "请输入您的问题",
    send: "发送",
    long: (count: number) =>
      `已输入 ${count.toLocaleString("zh-CN")} 字，可以直接发送，也可以分几次说`,
    tooLong: (count: number, most: number) =>
      `已输入 ${count.toLocaleString("zh-CN")} 字，最多 ${most.toLocaleString("zh-CN")} 字，请分几次发送`,
  },
  quickReplies: "快捷回复",
  standing: {
    queue: (position: number | null) =>
      position === null
        ? "正在为您转接人工客服，请稍候"
        : `正在排队等人工客服，您排在第 ${position} 位`,
    agent: (name: string) => `人工客服 ${name} 正在为您服务`,
    joined: (name: string) => `人工客服${name}已接入，前面的对话对方都看得到`,
    handedBack: (name: string) => `已转回智能客服${name}，需要时可以再转人工`,
  },
  files: {
    add: "发送图片或文件",
    photo: "图片",
    uploading: (percent: number) => `上传中 ${percent}%`,
    arrived: "已上传，等其余几份一起发出",
    failed: (reason: string) => `没有传上去：${reason}`,
    retry: "重新上传",
    discard: "删除",
    empty: "这是一个空文件，请换一个。",
    unknownType: "这种文件暂时收不了，可以发图片、录音、MP4 视频或 PDF。",
    tooLarge: (limit: number) =>
      `文件太大了，最大 ${limit} MB。可以截一段，或者截一张关键画面发过来。`,
    tooMany: (most: number) => `一次最多发 ${most} 个，这一个请下次再发。`,
    notConnected: "还没有连上客服，请稍候再试。",
    open: (name: string) => `查看大图：${name}`,
    close: "关闭大图",
    download: (name: string) => `保存文件：${name}`,
    play: (name: string) => `播放：${name}`,
    broken: "没能打开，点这里重试",
    loading: "正在打开…",
    map: "在地图上看",
    drop: "松手就发送",
  },
  delivery: {
    sending: "发送中",
    waiting: "等待发送",
    refused: (reason: string) => `没有发出：${reason}`,
    edit: "修改后重发",
    discard: "删除",
  },
  fold: { more: "展开全文", less: "收起" },
  banner: {
    saved: "网络不稳，消息已保存，恢复后自动发送",
    kept: "网络不稳，恢复后自动发送，请不要关闭本页",
    reconnecting: "网络不稳，正在重新连接",
    retry: "立即重试",
    replaced: "之前的会话已失效，已为您开始新的会话",
    close: "知道了",
  },
} as const;
