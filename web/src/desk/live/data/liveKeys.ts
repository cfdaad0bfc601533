import type { ListFilter } from "../model/cards";

export const liveKey = ["live"] as const;
export const listsKey = [...liveKey, "list"] as const;
export const listKey = (filter: ListFilter, limit: number) => [...listsKey, filter, limit] as const;
export const conversationsKey = [...liveKey, "conversation"] as const;
export const conversationKey = (id: string) => [...conversationsKey, id] as const;
export const messagesKey = (id: string) => [...liveKey, "messages", id] as const;
export const typingKey = (id: string) => [...liveKey, "typing", id] as const;
export const callKey = (id: string) => [...liveKey, "call", id] as const;
export const presenceKey = [...liveKey, "presence"] as const;
export const agentsKey = [...liveKey, "agents"] as const;
export const groupsKey = [...liveKey, "groups"] as const;
export const liveWallKey = [...liveKey, "wall"] as const;
