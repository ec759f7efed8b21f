import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Acting } from "../shared/actions/use-actions.tsx";
import { useVisit } from "../shared/access/entrance.tsx";
import { isOfStaff } from "../shared/access/session.ts";
import { isLost } from "../shared/live/connection.ts";
import { useLiveDay, type LiveDay } from "../shared/live/use-live-day.ts";
import { Shell } from "../shared/parts/shell.tsx";
import { useDirectory, type ListedDoctor } from "../shared/clinic/use-directory.ts";
import { byKind } from "./deeds/destinations.ts";
import { Loading } from "./loading.tsx";
import { keepPost, readPost } from "./post/kept-post.ts";
import type { Post } from "./post/post.ts";
import { PostForm } from "./post/post-form.tsx";
import { useDoctorWords } from "./words/use-doctor-words.ts";
import { WorkPage } from "./work-page.tsx";

/** The page of a doctor, or of whoever serves the queue of a service. */
export function DoctorPage(): JSX.Element {
  const words = useDoctorWords();
  const { clinic, control } = useVisit();
  const day = useLiveDay(clinic?.today);
  const isGone = isLost(day.connection.name);
  useEffect(() => {
    if (control.access.name === "signed-out") return;
    document.title = isGone ? `⚠ ${words.say("doctor")}` : words.say("doctor");
  }, [words, isGone, control.access.name]);
  return (
    <Acting day={day}>
      <Posted day={day} />
    </Acting>
  );
}

/** Finds out at which post somebody works, by their account or by what was chosen at the device. */
function Posted({ day }: { day: LiveDay }): JSX.Element {
  const words = useDoctorWords();
  const { clinic, session, control } = useVisit();
  const isIn = control.access.name === "signed-in" || control.access.name === "open";
  const { doctors: everybody, rooms } = useDirectory(isIn, clinic?.today);
  const [kept, setKept] = useState<Post | undefined>(readPost);
  const [isChoosing, setChoosing] = useState(false);
  const ownId = session?.doctor_id ?? undefined;
  const mayChoose = control.access.name === "open" || (session !== undefined && isOfStaff(session));
  const doctors = useMemo(() => everybody?.filter(({ retired_at }) => retired_at === null).sort(byKind), [everybody]);
  const post = postOf(kept, ownId, everybody);
  const choose = (chosen: Post): void => {
    keepPost(chosen);
    setKept(chosen);
    setChoosing(false);
  };

  const plain = (children: JSX.Element): JSX.Element => (
    <Shell page="doctor" brand={<h1>{words.say("doctor")}</h1>} day={day}>
      {children}
    </Shell>
  );
  if (session && ownId === undefined && !mayChoose) return plain(<p class="message">{words.say("notADoctor")}</p>);
  if (!doctors) return plain(<Loading day={day} />);
  if (!post || isChoosing)
    return plain(<PostForm doctors={doctors} rooms={rooms} post={kept} ownId={ownId} choose={choose} />);
  return (
    <WorkPage
      // Another post is other work: nothing that was chosen for this one is left.
      key={`${post.doctorIds.join()} ${post.roomId}`}
      day={day}
      post={post}
      doctors={doctors}
      rooms={rooms}
      changePost={mayChoose || isServiceOf(ownId, everybody) ? () => setChoosing(true) : undefined}
    />
  );
}

/** Somebody's own queue, where they have one; the room of a service is the device's, as each of its rooms has one. */
function postOf(kept: Post | undefined, ownId: string | undefined, everybody: PostChoices): Post | undefined {
  if (everybody === undefined) return undefined;
  if (ownId !== undefined) {
    if (!isServiceOf(ownId, everybody)) return { doctorIds: [ownId], roomId: undefined };
    return kept?.roomId === undefined ? undefined : { doctorIds: [ownId], roomId: kept.roomId };
  }
  const doctorIds = kept?.doctorIds.filter((one) => everybody.some(({ id }) => id === one)) ?? [];
  return doctorIds.length > 0 ? { doctorIds, roomId: kept?.roomId } : undefined;
}

type PostChoices = readonly ListedDoctor[] | undefined;

const isServiceOf = (ownId: string | undefined, everybody: PostChoices): boolean =>
  ownId !== undefined && everybody?.find(({ id }) => id === ownId)?.kind === "service";
