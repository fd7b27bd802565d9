/*
 * The sync of docs/internals/sync.md, for spin: one station whose disk is cloned at any moment (and from any later one may be
 * gone: then the clone is a disk that was restored), that is enrolled again at any moment, a server that is turned back
 * to any earlier moment, a network that loses requests and answers and delivers one batch late, and crashes. Checked
 * exhaustively by `npm run test:long` (scripts/check-model.mjs):
 *
 *   - an event never stands twice at the server;
 *   - when all is quiet and each machine gives what it has, every event of every disk stands at the server, and they
 *     come to rest in a bounded number of steps.
 *
 * A step is what one request does at the server, or one transaction at the station (station/sync/push/push-streams.ts and log.ts,
 * server/ingest/postgres-event-store.ts). A hash is what it is over: two prefixes have the same hash when they are the same
 * entries. An entry is an event's id, or "known: id" as one machine wrote it. Bounds: EVENTS ids, STREAMS streams.
 *
 * -DROLLBACKS is how often the server is turned back. -DFAULT_... puts in a fault of a naive design, which spin must find.
 */

#ifndef EVENTS
#define EVENTS 3
#endif
#ifndef ROLLBACKS
#define ROLLBACKS 1
#endif
#define STREAMS 6
#define OWN 4          /* streams of one machine */
#define QUIET_STEPS 60

#define AT(m, place) m * EVENTS + place - 1
#define OF(m, k) m * OWN + k
#define ON(s, seq) s * EVENTS + seq - 1
#define KNOWN(m, id) EVENTS + (id - 1) * 2 + m + 1
#define IS_KNOWN(entry) (entry > EVENTS)
#define ID_OF(entry) (entry > EVENTS -> (entry - EVENTS - 1) / 2 + 1 : entry)

mtype = { idle, giving, asking, forking };
mtype = { agrees, beyond, parted };
mtype = { appended, moved, misjudged };

/* --- Machines: 0 is the station, 1 its clone once there is one --- */
byte machines = 1;
bool scrapped;                         /* the first is gone */
bool enrolledAgain;
byte issued = 0;                       /* ids given so far, by any machine */
byte length[2];                        /* of the log */
byte happened[2 * EVENTS];             /* id by place */
byte entry[2 * EVENTS];                /* what stands in the stream for it */
byte streams[2];
byte streamId[2 * OWN];
byte base[2 * OWN];
byte seq[2 * OWN];
byte nextStream = 1;

/* A round under way */
mtype pc[2] = idle;
byte turn[2];                          /* the stream that is given now */
byte acked[2 * OWN];                   /* as hello said */
mtype standing[2 * OWN];
byte openSeq[2];                       /* of the open stream when the round began */
byte forkAt[2];
byte knownIds[2];                      /* bits by id */
#ifdef FAULT_PRUNE
byte pruned[2 * OWN];
#endif

/* --- Server, and the backup of it --- */
byte end[STREAMS];
byte stored[STREAMS * EVENTS];
byte endThen[STREAMS];
byte storedThen[STREAMS * EVENTS];
bool backedUp;
byte turnedBack;

/* --- One batch that the network holds back --- */
bool late, lateUsed;
byte lateStream, lateAfter, lateTo;
byte lateEntry[EVENTS];

bool quiet, over;
byte quietTurn, quietSteps;

/* Scratch: zero between steps, so that it makes no states. (Not hidden: an atomic step with a choice in it is taken back.) */
byte i, j, k, s, to, limit, place, holder, ids;
byte same, all;
byte batch[EVENTS];
mtype answer;

/* same: the machine's first n entries of its stream k are the server's. */
inline compare(m, n) {
	s = streamId[OF(m, k)];
	same = (n <= end[s] && n <= seq[OF(m, k)]);
	i = 1;
	do
	:: same && i <= n -> same = (stored[ON(s, i)] == entry[AT(m, (base[OF(m, k)] + i))]); i++
	:: else -> break
	od
}

/* ids: the bits of the events that stand at the server; asserts that none stands twice. */
inline serverIds() {
	ids = 0; i = 0;
	do
	:: i < STREAMS ->
		j = 1;
		do
		:: j <= end[i] ->
			if
			:: !IS_KNOWN(stored[ON(i, j)]) ->
				assert((ids & (1 << stored[ON(i, j)])) == 0);
				ids = ids | (1 << stored[ON(i, j)])
			:: else
			fi;
			j++
		:: else -> break
		od;
		i++
	:: else -> break
	od
}

/* The server's one statement: batch[0..a-1] must be what it has, a its end; batch[a..b-1] is written. */
inline append(st, a, b) {
	same = (end[st] == a); i = 1;
	do
#ifdef FAULT_NO_HASH
	:: false -> skip
#else
	:: same && i <= a -> same = (stored[ON(st, i)] == batch[i - 1]); i++
#endif
	:: else -> break
	od;
	if
	:: !same -> answer = moved
	:: else ->
		serverIds();
		answer = appended; i = a + 1;
		do
		:: i <= b && answer == appended ->
			if
#ifndef FAULT_NO_UNIQUE
			:: !IS_KNOWN(batch[i - 1]) && (ids & (1 << batch[i - 1])) -> answer = misjudged
#endif
#ifndef FAULT_TRUST_KNOWN
			:: IS_KNOWN(batch[i - 1]) && !(ids & (1 << (ID_OF(batch[i - 1])))) -> answer = misjudged
#endif
			:: else
			fi;
			i++
		:: else -> break
		od;
		if
		:: answer == appended ->
			i = a + 1;
			do
			:: i <= b -> stored[ON(st, i)] = batch[i - 1]; i++
			:: else -> break
			od;
			end[st] = b;
			serverIds()
		:: else
		fi
	fi
}

/* The stream that is given now, up to its to-th event. */
inline fill(m) {
	i = 1;
	do
	:: i <= to -> batch[i - 1] = entry[AT(m, (base[OF(m, turn[m])] + i))]; i++
	:: else -> break
	od
}

inline forget() {
	i = 0;
	do
	:: i < EVENTS -> batch[i] = 0; i++
	:: else -> break
	od;
	i = 0; j = 0; k = 0; s = 0; to = 0; limit = 0; place = 0; holder = 0; ids = 0; same = 0; all = 0; answer = 0
}

inline reset(m) {
	pc[m] = idle; turn[m] = 0; openSeq[m] = 0; forkAt[m] = 0; knownIds[m] = 0; k = 0;
	do
	:: k < OWN -> acked[OF(m, k)] = 0; standing[OF(m, k)] = 0; k++
	:: else -> break
	od
}

inline issue(m) {
	issued++;
	length[m]++;
	happened[AT(m, length[m])] = issued;
	entry[AT(m, length[m])] = issued;
	seq[OF(m, (streams[m] - 1))]++
}

/* hello: the ends of all streams at one moment, and how each of ours stands to them (standingOf). */
inline hello(m) {
	openSeq[m] = seq[OF(m, (streams[m] - 1))];
	turn[m] = 0; k = 0;
	do
	:: k < streams[m] ->
		s = streamId[OF(m, k)];
		acked[OF(m, k)] = end[s];
		if
		:: end[s] <= seq[OF(m, k)] ->
			to = end[s];
			compare(m, to);
			if
#ifdef FAULT_NO_HASH
			:: true -> standing[OF(m, k)] = agrees
#else
			:: same -> standing[OF(m, k)] = agrees
			:: else -> standing[OF(m, k)] = parted
#endif
			fi
		:: else ->
			if
#ifdef FAULT_NO_HASH
			:: true -> standing[OF(m, k)] = agrees
#else
			:: k < streams[m] - 1 -> standing[OF(m, k)] = beyond
			:: else -> standing[OF(m, k)] = parted
#endif
			fi
		fi;
		k++
	:: else -> break
	od;
	pc[m] = giving
}

/* forkAt: the last place that both have, of the stream k, up to its to-th event. */
inline part(m) {
	j = to;
	do
	:: compare(m, j);
		if
		:: same || j == 0 -> break
		:: else -> j--
		fi
	od;
	forkAt[m] = base[OF(m, k)] + j;
	pc[m] = asking
}

/* The given stream is done: the next one, or the round is over. */
inline nextStreamOf(m) {
	turn[m]++;
	if
	:: turn[m] == streams[m] ->
		reset(m);
		if
		:: quiet -> quietTurn++
		:: else
		fi
	:: else
	fi
}

/* What is asked before anything is given: whether the stream is ours. True: something is left to give. */
inline look(m) {
	k = turn[m];
	limit = (k == streams[m] - 1 -> openSeq[m] : seq[OF(m, k)]);
	all = false;
	if
	:: standing[OF(m, k)] == parted ->
		to = (acked[OF(m, k)] < limit -> acked[OF(m, k)] : limit);
		part(m)
	:: standing[OF(m, k)] == beyond ->
#ifdef FAULT_TRUST_BEYOND
		same = true;
#else
		to = seq[OF(m, k)];
		compare(m, to);
#endif
		if
		:: same -> nextStreamOf(m)
		:: else -> part(m)
		fi
	:: else ->
		if
#ifdef FAULT_PRUNE
		:: acked[OF(m, k)] >= limit || pruned[OF(m, k)] > acked[OF(m, k)] -> nextStreamOf(m)
#else
		:: acked[OF(m, k)] >= limit -> nextStreamOf(m)
#endif
		:: else -> all = true
		fi
	fi
}

inline take(m) {
	k = turn[m];
	if
	:: answer == appended ->
		acked[OF(m, k)] = to;
#ifdef FAULT_PRUNE
		pruned[OF(m, k)] = to
#endif
	:: answer == moved -> reset(m)
	:: answer == misjudged ->
		forkAt[m] = base[OF(m, k)] + acked[OF(m, k)];
		pc[m] = asking
	fi
}

inline ask(m) {
	serverIds();
	knownIds[m] = 0; place = forkAt[m] + 1;
	do
	:: place <= length[m] ->
		if
		:: ids & (1 << happened[AT(m, place)]) -> knownIds[m] = knownIds[m] | (1 << happened[AT(m, place)])
		:: else
		fi;
		place++
	:: else -> break
	od;
	pc[m] = forking
}

/* log.fork: one transaction. */
inline fork(m) {
	place = forkAt[m];
	holder = 0; k = 0;
	do
	:: k < streams[m] ->
		if
		:: base[OF(m, k)] < place -> holder = k
		:: else
		fi;
		k++
	:: else -> break
	od;
	k = holder + 1;
	do
	:: k < streams[m] -> streamId[OF(m, k)] = 0; base[OF(m, k)] = 0; seq[OF(m, k)] = 0; k++
	:: else -> break
	od;
	seq[OF(m, holder)] = place - base[OF(m, holder)];
	k = holder + 1;
	streams[m] = k + 1;
	streamId[OF(m, k)] = nextStream; nextStream++;
	base[OF(m, k)] = place;
	seq[OF(m, k)] = length[m] - place;
#ifdef FAULT_PRUNE
	pruned[OF(m, k)] = 0;
#endif
	j = place + 1;
	do
	:: j <= length[m] ->
		if
		:: knownIds[m] & (1 << happened[AT(m, j)]) -> entry[AT(m, j)] = KNOWN(m, happened[AT(m, j)])
		:: else -> entry[AT(m, j)] = happened[AT(m, j)]
		fi;
		j++
	:: else -> break
	od;
	reset(m)
}

inline clone() {
	machines = 2;
	length[1] = length[0]; streams[1] = streams[0]; i = 0;
	do
	:: i < EVENTS -> happened[EVENTS + i] = happened[i]; entry[EVENTS + i] = entry[i]; i++
	:: else -> break
	od;
	i = 0;
	do
	:: i < OWN ->
		streamId[OWN + i] = streamId[i]; base[OWN + i] = base[i]; seq[OWN + i] = seq[i];
#ifdef FAULT_PRUNE
		pruned[OWN + i] = pruned[i];
#endif
		i++
	:: else -> break
	od
}

inline backUp() {
	backedUp = true; i = 0;
	do
	:: i < STREAMS -> endThen[i] = end[i]; i++
	:: else -> break
	od;
	i = 0;
	do
	:: i < STREAMS * EVENTS -> storedThen[i] = stored[i]; i++
	:: else -> break
	od
}

inline turnBack() {
	turnedBack++; i = 0;
	do
	:: i < STREAMS -> end[i] = endThen[i]; i++
	:: else -> break
	od;
	i = 0;
	do
	:: i < STREAMS * EVENTS -> stored[i] = storedThen[i]; i++
	:: else -> break
	od
}

inline holdBack(m) {
	late = true; lateStream = streamId[OF(m, turn[m])]; lateAfter = acked[OF(m, turn[m])]; lateTo = to;
	fill(m);
	i = 0;
	do
	:: i < to -> lateEntry[i] = batch[i]; i++
	:: else -> break
	od;
	reset(m)
}

inline deliver() {
	i = 0;
	do
	:: i < EVENTS -> batch[i] = lateEntry[i]; i++
	:: else -> break
	od;
	append(lateStream, lateAfter, lateTo);
	late = false; lateStream = 0; lateAfter = 0; lateTo = 0; i = 0;
	do
	:: i < EVENTS -> lateEntry[i] = 0; i++
	:: else -> break
	od
}

/* Every event of every disk stands at the server. */
inline checkAll() {
	serverIds(); i = (scrapped -> 1 : 0);
	do
	:: i < machines ->
		j = 1;
		do
		:: j <= length[i] -> assert(ids & (1 << happened[i * EVENTS + j - 1])); j++
		:: else -> break
		od;
		i++
	:: else -> break
	od;
	over = true;
	skip
}

/* One step of a machine's round. All of a batch, or one event of it, is given at once. */
inline step(m) {
	if
	:: pc[m] == idle -> hello(m)
	:: pc[m] == giving ->
		look(m);
		if
		:: all ->
			to = limit;
			fill(m);
			append(streamId[OF(m, turn[m])], acked[OF(m, turn[m])], to);
			take(m)
		:: else
		fi
	:: pc[m] == asking -> ask(m)
	:: pc[m] == forking -> fork(m)
	fi
}

/* As step, and what the network may do to a batch. */
inline losingStep(m) {
	look(m);
	if
	:: all ->
		if
		:: to = limit
		:: to = acked[OF(m, turn[m])] + 1
		fi;
		if
		:: fill(m);
			append(streamId[OF(m, turn[m])], acked[OF(m, turn[m])], to);
			if
			:: take(m)
			:: reset(m)               /* the answer is lost */
			fi
		:: !late && !lateUsed -> lateUsed = true; holdBack(m)
		fi
	:: else
	fi
}

#define ROOM_FOR_ONE(m) (nextStream < STREAMS && streams[m] < OWN)
#define ROOM(m) (pc[m] != forking || ROOM_FOR_ONE(m))

active proctype world() {
	byte m;
	d_step { streams[0] = 1; streamId[0] = 0 }
	do
	:: over -> break
	/* Beyond the bound of streams nothing is said. */
	:: !over && !ROOM(0) -> break
	:: !over && !ROOM(1) -> break
	:: !over && !quiet && ROOM(0) && ROOM(1) ->
		if
		:: m = 0
		:: machines == 2 -> m = 1
		fi;
		if
		:: scrapped -> m = 1
		:: else
		fi;
		if
		:: issued < EVENTS -> d_step { issue(m); skip }
		:: pc[m] == giving -> atomic { losingStep(m) }
		:: pc[m] != giving -> d_step { step(m); skip }
		:: pc[m] != idle -> d_step { reset(m); skip }   /* a crash, or a request or an answer that is lost */
		:: machines == 1 -> d_step { clone(); skip }
		:: machines == 2 && !scrapped -> d_step { scrapped = true; reset(0); skip }
		/* "paihao enrol" again, or "paihao restore": the stream ends where it is, agreed or not. */
		:: !enrolledAgain && ROOM_FOR_ONE(m) -> d_step { enrolledAgain = true; reset(m); forkAt[m] = length[m]; fork(m); skip }
		:: !backedUp -> d_step { backUp(); skip }
		:: backedUp && turnedBack < ROLLBACKS -> d_step { turnBack(); skip }
		:: late -> d_step { deliver(); skip }
		:: !late -> d_step { quiet = true; reset(0); reset(1); skip }
		fi;
		d_step { m = 0; forget() }
	:: !over && quiet && quietTurn < 2 * machines && ROOM(0) && ROOM(1) ->
		d_step {
			assert(quietSteps < QUIET_STEPS);
			quietSteps++;
			m = (scrapped -> 1 : quietTurn % machines);
			step(m);
			m = 0; forget()
		}
	:: !over && quiet && quietTurn == 2 * machines -> d_step { checkAll(); skip }
	od
}
