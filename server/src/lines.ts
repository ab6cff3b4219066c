import { announcements, type AnnouncementName, type Announcements } from '@multaqa/shared/api/realtime';
import { encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Server } from 'socket.io';
import { cutOff, MOST_WAITING, waitingFor } from './flow/slow.ts';
import type { Nodes } from './nodes/nodes.ts';

/** Lines that are told the same. */
export type Room = string & { readonly room: true };

export const EVERYONE = 'everyone' as Room;
export const inSpace = (space: SpaceId) => `space:${space}` as Room;
export const ofAccount = (account: AccountId) => `account:${account}` as Room;
export const ofSession = (id: string) => `session:${id}` as Room;

export type Announcement = {
	readonly room: Room;
	readonly name: AnnouncementName;
	readonly bytes: Uint8Array;
	/** A session that knows already. */
	readonly except: string | null;
};
export type Ending = Pick<Announcement, 'room' | 'except'>;
export type Following = { readonly account: AccountId; readonly space: SpaceId };

/** What is done with open lines: with those of this node at once, and by all others with theirs, when they hear of it. */
export interface Lines {
	announce(announcement: Announcement): void;
	end(ending: Ending): void;
	endHere(ending: Ending): void;
	follow(following: Following): void;
	unfollow(following: Following): void;
	/** Lets go of those of this node, without farewell: clients come back by themselves and catch up. */
	hangUp(): void;
}

/** @param refresh brings the world up to date, of which whoever opens a line is given their rooms */
export function openLines(io: Server, nodes: Nodes, refresh: () => Promise<void>): Lines {
	const socketsIn = (room: Room) => [...(io.of('/').adapter.rooms.get(room) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? []);
	const here = ({ room, except }: Ending) => (except === null ? io.local.in(room) : io.local.in(room).except(ofSession(except)));

	function announceHere({ room, name, bytes, except }: Announcement): void {
		for (const socket of socketsIn(room)) if (waitingFor(socket) > MOST_WAITING) cutOff(socket);
		here({ room, except }).emit(name, bytes);
	}
	function endHere(ending: Ending): void {
		here(ending).emit('ended', encodeAnnouncement('ended', {}));
		here(ending).disconnectSockets(true);
	}
	const followHere = ({ account, space }: Following) => io.local.in(ofAccount(account)).socketsJoin(inSpace(space));
	const unfollowHere = ({ account, space }: Following) => io.local.in(ofAccount(account)).socketsLeave(inSpace(space));
	function hangUp(): void {
		for (const socket of io.sockets.sockets.values()) cutOff(socket);
	}
	nodes.onMissed(hangUp);

	const everywhere = <T extends Cbor>(name: string, doHere: (value: T) => void, heard: (value: T) => void | Promise<void> = doHere) => {
		const tell = nodes.subject(name, heard);
		return (value: T) => {
			doHere(value);
			tell(value);
		};
	};
	/** A line that is opened meanwhile is given the rooms of a world that knows of this already. */
	const refreshed = (doHere: (value: Following) => void) => async (value: Following) => {
		await refresh();
		doHere(value);
	};
	return {
		announce: everywhere('announce', announceHere),
		end: everywhere('end', endHere),
		endHere,
		follow: everywhere('follow', followHere, refreshed(followHere)),
		unfollow: everywhere('unfollow', unfollowHere, refreshed(unfollowHere)),
		hangUp,
	};
}

/** One announcement as it travels. */
export function encodeAnnouncement<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): Uint8Array {
	if (!(name in announcements)) throw new Error('no such announcement');
	return encodeCbor(payload as Cbor);
}
