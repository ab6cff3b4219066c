/**
 * 256 pairs of words for comparing a short code aloud: each place is one Arabic and one English word of the
 * same meaning, so that two people who read different languages still compare the same thing. Nouns that
 * everybody knows, no two of one list alike to the ear, none about people, parties or politics. Frozen: a
 * changed word would make two honest devices disagree.
 */
const ARABIC = `
	قمر شمس نجم بحر نهر جبل واد صخر رمل ثلج مطر ريح غيم برق رعد ضباب
	نار دخان رماد ظل شجرة غصن ورقة جذر بذرة زهرة وردة ياسمين عشب غابة زيتون تين
	رمان عنب تفاح برتقال ليمون مشمش كرز دراق بلح لوز بندق فستق قمح شعير رز عدس
	حمص بصل ثوم خيار قرنبيط بطيخ فلفل زعتر نعناع سمسم زعفران قرفة خبز ملح سكر عسل
	خل حليب جبن لبن بيض شاي قهوة ماء عصير حساء طحين كعكة صحن كأس ملعقة سكين
	إبريق طنجرة فرن طاولة كرسي سرير وسادة سجادة ستارة مرآة مصباح شمعة باب نافذة مفتاح قفل
	سقف جدار درج شرفة بيت خيمة برج قلعة جسر طريق ميناء سوق مدرسة مكتبة متحف مسرح
	ملعب حديقة بئر نافورة طاحونة منارة محطة مستشفى حصان ناقة خروف ماعز بقرة أرنب قطة كلب
	ضبع ثعلب دب أسد فهد فيل زرافة قرد غزال قنفذ سنجاب فأر حمامة نسر بومة هدهد
	ديك طاووس لقلق ببغاء عصفور غراب سمكة حوت دلفين سلحفاة ضفدع نحلة نملة فراشة عنكبوت جراد
	سفينة قارب شراع مرساة قطار حافلة سيارة دراجة طائرة عربة عجلة محرك مطرقة مسمار منشار مقص
	إبرة خيط شبكة سلم منجل مجرفة دلو سلة صندوق حقيبة مظلة طربوش معطف قميص حذاء جورب
	قفاز وشاح حزام جيب خاتم عقد ساعة نظارة كتاب قلم دفتر رسالة خريطة صورة جريدة قاموس
	حبر مغلف عود بوق طبل بيانو كمان جرس أغنية قصيدة رقصة لوحة ذهب فضة نحاس حديد
	زجاج خشب حجر فخار قطن حرير صوف جلد لؤلؤة مرجان رخام قش فحم ملاط قرميد مغناطيس
	طبيب فلاح صياد نجار معلم طباخ صباح مساء ربيع صيف خريف شتاء عاصفة جزيرة صحراء واحة
`;

const ENGLISH = `
	moon sun star ocean river mountain valley rock sand snow rain wind cloud lightning thunder fog
	fire smoke ash shadow tree branch leaf root seed flower rose jasmine grass forest olive fig
	pomegranate grape apple orange lemon apricot cherry peach date almond hazelnut pistachio wheat barley rice lentil
	chickpea onion garlic cucumber cauliflower melon pepper thyme mint sesame saffron cinnamon bread salt sugar honey
	vinegar milk cheese yogurt egg tea coffee water juice soup flour cake plate cup spoon knife
	jug pot oven table chair bed pillow carpet curtain mirror lamp candle door window key lock
	roof wall stairs balcony home tent tower castle bridge road harbour market school library museum theatre
	stadium garden well fountain mill lighthouse station hospital horse camel lamb goat cow rabbit cat dog
	hyena fox bear lion leopard elephant giraffe monkey gazelle hedgehog squirrel mouse dove eagle owl hoopoe
	rooster peacock stork parrot sparrow crow fish whale dolphin turtle frog bee ant butterfly spider locust
	ship canoe sail anchor railway bus car bicycle airplane wagon wheel engine hammer nail saw scissors
	needle thread net ladder sickle shovel bucket basket chest bag umbrella fez jacket shirt shoe stocking
	glove scarf belt pocket ring necklace watch glasses book pen notebook letter map picture newspaper dictionary
	ink envelope lute trumpet drum piano violin bell song poem dance painting gold silver copper iron
	glass wood stone pottery cotton silk fleece leather pearl coral marble straw coal plaster brick magnet
	doctor farmer hunter carpenter teacher cook morning evening spring summer autumn winter storm island desert oasis
`;

const listed = (words: string): readonly string[] => words.trim().split(/\s+/);

export const wordList = { ar: listed(ARABIC), en: listed(ENGLISH) } as const;
