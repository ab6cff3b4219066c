/** Words that stand in the names of many organisations and tell none: what joins words, and what organisations are. */
export const COMMON_WORDS: readonly string[] = [
	...'في من إلى على عن مع بين عند أو أجل بلا نحو ضد دون حول كل هذا هذه التي الذي نحن معا'.split(' '),
	...'منظمة منظمات مركز مراكز جمعية جمعيات مؤسسة مؤسسات شبكة رابطة مبادرة تجمع هيئة لجنة مجلس اتحاد مكتب بيت دار حملة'.split(' '),
	...'منصة صندوق فريق حركة برنامج مشروع معهد أكاديمية وحدة نادي مرصد منتدى تحالف ائتلاف تنسيقية جماعة مجموعة'.split(' '),
	...'شركة جامعة مدرسة وكالة غرفة نقابة دولي دولية وطني وطنية محلي محلية عام عامة عالمي عالمية'.split(' '),
	...'a an and at by for from in of on or the to with without our your'.split(' '),
	...'organisation organisations organization organizations centre centres center centers association associations'.split(' '),
	...'foundation network league initiative group assembly committee council union office house home campaign platform'.split(' '),
	...'fund team movement programme program project institute academy unit club observatory forum coalition alliance'.split(' '),
	...'society company university school agency chamber trust international national local general global'.split(' '),
];
