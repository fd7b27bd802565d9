import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import { planHint } from "../state/plan-hint.ts";
import { MAX_PEOPLE, MAX_TOPICS, type Visit } from "../state/state.ts";
import styles from "./plan-screen.module.css";

/** Several topics on one ticket, or several people with one: chosen here, so that whoever is alone with one is not asked. */
export default function PlanScreen({ visit }: { visit: Visit & { at: "plan" } }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const { people } = visit;
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>{t("selection.title")}</Heading>
				<p className={styles.hint} role="status">
					{t(planHint(visit))}
				</p>
			</div>
			<TopicTiles
				topics={topics[visit.language]?.topics ?? []}
				page={visit.page}
				chosen={visit.topics}
				full={visit.topics.length === MAX_TOPICS}
				onChoose={(topic) => dispatch({ type: "topic-chosen", topic })}
				onMore={(page) => dispatch({ type: "page-turned", page })}
			/>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<div className={styles.people}>
					<button
						type="button"
						aria-label={t("selection.fewer")}
						aria-disabled={people === 1 || undefined}
						onClick={() => dispatch({ type: "people-set", people: people - 1 })}
					>
						<Icon name="minus" />
					</button>
					<output>{t("people", { count: people })}</output>
					<button
						type="button"
						aria-label={t("selection.more")}
						aria-disabled={people === MAX_PEOPLE || undefined}
						onClick={() => dispatch({ type: "people-set", people: people + 1 })}
					>
						<Icon name="plus" />
					</button>
				</div>
				<Button
					kind="primary"
					icon={<Icon name="arrow-right" directed />}
					disabled={visit.topics.length === 0}
					onPress={() => dispatch({ type: "ticket-asked" })}
				>
					{t("selection.next")}
				</Button>
			</div>
		</main>
	);
}
