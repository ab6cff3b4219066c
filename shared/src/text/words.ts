/**
 * Words that two people compare over the phone: plain things, the same thing at the same place in both languages,
 * so that somebody who reads Arabic and somebody who reads English can compare by meaning. No two differ by a
 * single letter in either language. Part of the protocol: the order never changes.
 */
export const wordPairs: readonly (readonly [arabic: string, english: string])[] = [
	['تفاحة', 'apple'], ['موزة', 'banana'], ['برتقال', 'orange'], ['ليمون', 'lemon'], ['عنب', 'grape'],
	['تينة', 'fig'], ['مشمش', 'apricot'], ['كرز', 'cherry'], ['بطيخ', 'watermelon'], ['إجاص', 'pear'],
	['فراولة', 'strawberry'], ['سفرجل', 'quince'], ['توت', 'mulberry'], ['لوز', 'almond'], ['فستق', 'pistachio'],
	['كستناء', 'chestnut'], ['زيتون', 'olive'], ['بطاطا', 'potato'], ['بصل', 'onion'], ['ثوم', 'garlic'],
	['بندورة', 'tomato'], ['خيار', 'cucumber'], ['باذنجان', 'eggplant'], ['فلفل', 'pepper'], ['سبانخ', 'spinach'],
	['ملفوف', 'cabbage'], ['يقطين', 'pumpkin'], ['عدس', 'lentil'], ['ذرة', 'corn'], ['شعير', 'barley'],
	['سكر', 'sugar'], ['ملح', 'salt'], ['عسل', 'honey'], ['جبنة', 'cheese'], ['حليب', 'milk'], ['بيضة', 'egg'],
	['خبز', 'bread'], ['قهوة', 'coffee'], ['عصير', 'juice'], ['خل', 'vinegar'], ['نعناع', 'mint'], ['زعتر', 'thyme'],
	['زعفران', 'saffron'], ['قرفة', 'cinnamon'], ['زنجبيل', 'ginger'], ['سمسم', 'sesame'], ['شوكولا', 'chocolate'],
	['عجين', 'dough'], ['بسكويت', 'biscuit'], ['مانجو', 'mango'], ['أناناس', 'pineapple'], ['فاصوليا', 'bean'],
	['بامية', 'okra'], ['كوسا', 'zucchini'], ['قرنبيط', 'cauliflower'], ['يانسون', 'anise'], ['ريحان', 'basil'],
	['ماعز', 'goat'], ['أرنب', 'rabbit'], ['غزال', 'gazelle'], ['فيل', 'elephant'], ['زرافة', 'giraffe'],
	['سنجاب', 'squirrel'], ['قنفذ', 'hedgehog'], ['سلحفاة', 'turtle'], ['ضفدع', 'frog'], ['سمكة', 'fish'],
	['دلفين', 'dolphin'], ['ديك', 'rooster'], ['طاووس', 'peacock'], ['ببغاء', 'parrot'], ['عصفور', 'sparrow'],
	['لقلق', 'stork'], ['نعامة', 'ostrich'], ['فراشة', 'butterfly'], ['نحلة', 'bee'], ['عنكبوت', 'spider'],
	['حلزون', 'snail'], ['أخطبوط', 'octopus'], ['كنغر', 'kangaroo'], ['باندا', 'panda'], ['بقرة', 'cow'],
	['دودة', 'worm'], ['تمساح', 'crocodile'], ['سحلية', 'lizard'], ['بعوضة', 'mosquito'], ['قندس', 'beaver'],
	['بجعة', 'swan'], ['شمس', 'sun'], ['قمر', 'moon'], ['غيمة', 'cloud'], ['مطر', 'rain'], ['ثلج', 'snow'],
	['ريح', 'wind'], ['جبل', 'mountain'], ['وادي', 'valley'], ['نهر', 'river'], ['بحيرة', 'lake'], ['بحر', 'sea'],
	['جزيرة', 'island'], ['صحراء', 'desert'], ['غابة', 'forest'], ['كهف', 'cave'], ['شلال', 'waterfall'],
	['شاطئ', 'beach'], ['حجر', 'stone'], ['رمل', 'sand'], ['طين', 'clay'], ['ذهب', 'gold'], ['فضة', 'silver'],
	['نحاس', 'copper'], ['حديد', 'iron'], ['زجاج', 'glass'], ['خشب', 'wood'], ['مرجان', 'coral'],
	['ألماس', 'diamond'], ['شجرة', 'tree'], ['وردة', 'rose'], ['ياسمين', 'jasmine'], ['توليب', 'tulip'],
	['بنفسج', 'violet'], ['أقحوان', 'daisy'], ['طحلب', 'moss'], ['غصن', 'branch'], ['حديقة', 'garden'],
	['حقل', 'field'], ['عش', 'nest'], ['ريشة', 'feather'], ['نجمة', 'star'], ['شتاء', 'winter'], ['صيف', 'summer'],
	['خريف', 'autumn'], ['سماء', 'sky'], ['ندى', 'dew'], ['خزامى', 'lavender'], ['صبار', 'cactus'], ['بلوط', 'oak'],
	['سرو', 'cypress'], ['بيت', 'house'], ['باب', 'door'], ['نافذة', 'window'], ['سطح', 'roof'], ['جدار', 'wall'],
	['مطبخ', 'kitchen'], ['طاولة', 'table'], ['كرسي', 'chair'], ['خزانة', 'cupboard'], ['رف', 'shelf'],
	['مرآة', 'mirror'], ['مصباح', 'lamp'], ['شمعة', 'candle'], ['سجادة', 'carpet'], ['ستارة', 'curtain'],
	['وسادة', 'pillow'], ['بطانية', 'blanket'], ['سلة', 'basket'], ['صندوق', 'box'], ['قنينة', 'bottle'],
	['كوب', 'cup'], ['صحن', 'plate'], ['ملعقة', 'spoon'], ['شوكة', 'fork'], ['إبريق', 'jug'], ['فرن', 'oven'],
	['غربال', 'sieve'], ['مكنسة', 'broom'], ['دلو', 'bucket'], ['صابون', 'soap'], ['منشفة', 'towel'], ['مشط', 'comb'],
	['فرشاة', 'brush'], ['إبرة', 'needle'], ['خيط', 'thread'], ['زر', 'button'], ['مقص', 'scissors'],
	['مطرقة', 'hammer'], ['برغي', 'screw'], ['مفتاح', 'key'], ['قفل', 'lock'], ['تقويم', 'calendar'], ['قلم', 'pen'],
	['ورق', 'paper'], ['كتاب', 'book'], ['خريطة', 'map'], ['رسالة', 'letter'], ['مغلف', 'envelope'],
	['طابع', 'stamp'], ['جريدة', 'newspaper'], ['صورة', 'picture'], ['كاميرا', 'camera'], ['مذياع', 'radio'],
	['هاتف', 'phone'], ['حاسوب', 'computer'], ['مظلة', 'umbrella'], ['قميص', 'shirt'], ['وشاح', 'scarf'],
	['قفاز', 'glove'], ['فستان', 'dress'], ['خاتم', 'ring'], ['قلادة', 'necklace'], ['حقيبة', 'bag'],
	['محفظة', 'wallet'], ['دمية', 'doll'], ['عود', 'lute'], ['كمان', 'violin'], ['بيانو', 'piano'],
	['غيتار', 'guitar'], ['صافرة', 'whistle'], ['بالون', 'balloon'], ['أرجوحة', 'swing'], ['أحجية', 'puzzle'],
	['شطرنج', 'chess'], ['دراجة', 'bicycle'], ['عجلة', 'wheel'], ['طريق', 'road'], ['جسر', 'bridge'],
	['محطة', 'station'], ['مدرسة', 'school'], ['مكتبة', 'library'], ['متحف', 'museum'], ['مسرح', 'theatre'],
	['سوق', 'market'], ['صيدلية', 'pharmacy'], ['مصنع', 'factory'], ['مزرعة', 'farm'], ['قلعة', 'castle'],
	['ميناء', 'port'], ['قطن', 'cotton'], ['مطاط', 'rubber'], ['نجار', 'carpenter'], ['معلم', 'teacher'],
	['طبيب', 'doctor'], ['رسام', 'painter'], ['بوصلة', 'compass'], ['مغناطيس', 'magnet'], ['إسفنج', 'sponge'],
	['صينية', 'tray'], ['مجرفة', 'spade'], ['محراث', 'plough'], ['مصعد', 'elevator'], ['فندق', 'hotel'],
	['مطعم', 'restaurant'], ['ملعب', 'stadium'], ['منظار', 'telescope'], ['مجهر', 'microscope'], ['أريكة', 'sofa'],
	['مريول', 'apron'], ['مضخة', 'pump'], ['محرك', 'engine'], ['مهد', 'cradle'], ['مدخنة', 'chimney'],
	['غلاية', 'kettle'], ['طباشير', 'chalk'], ['مربى', 'jam'], ['تذكرة', 'ticket'], ['مزهرية', 'vase'],
];

/** The same by language. */
export const wordList: { readonly ar: readonly string[]; readonly en: readonly string[] } = {
	ar: wordPairs.map(([arabic]) => arabic),
	en: wordPairs.map(([, english]) => english),
};

/** The words at the given places (0–255), in one language. */
export const wordsAt = (places: readonly number[], language: 'ar' | 'en'): readonly string[] =>
	places.map((place) => wordList[language][place & 0xff] ?? '');
