import { basePath } from "../../shared/clinic/base-path.ts";
import type { Post } from "./post.ts";

const key = `clinic-queue-post ${basePath}`;

/** The post that was chosen at this device, for everybody who signs in here: it says nothing of patients. */
export function readPost(): Post | undefined {
  try {
    const { doctorIds, roomId } = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Post>;
    return Array.isArray(doctorIds) && doctorIds.length > 0 ? { doctorIds, roomId } : undefined;
  } catch {
    return undefined;
  }
}

export function keepPost(post: Post): void {
  try {
    localStorage.setItem(key, JSON.stringify(post));
  } catch {
    // Without storage, the choice lasts as long as the page.
  }
}
