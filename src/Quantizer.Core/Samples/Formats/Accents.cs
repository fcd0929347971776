namespace Quantizer.Samples.Formats;

/// <summary>
/// Letters without their accents, for the alphabets that have them. The platform's own decomposition does nothing here: the program is
/// built without the tables of cultures (InvariantGlobalization).
/// </summary>
internal static class Accents
{
    // By the Unicode Character Database's canonical decompositions: for each character of the block what is left without nonspacing marks.
    private static readonly (char First, string Bases)[] Blocks =
    [
        // Latin.
        (
            '\u00c0',
            ""
                + "AAAAAAÆCEEEEIIIIÐNOOOOO×ØUUUUYÞßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþyAaAaAaCcCcCcCcDdĐđEeEeEeEeEeGgGgGgGg"
                + "HhĦħIiIiIiIiIıĲĳJjKkĸLlLlLlĿŀŁłNnNnNnŉŊŋOoOoOoŒœRrRrRrSsSsSsSsTtTtŦŧUuUuUuUuUuUuWwYyYZzZzZzſƀƁƂƃƄƅƆƇ"
                + "ƈƉƊƋƌƍƎƏƐƑƒƓƔƕƖƗƘƙƚƛƜƝƞƟOoƢƣƤƥƦƧƨƩƪƫƬƭƮUuƱƲƳƴƵƶƷƸƹƺƻƼƽƾƿǀǁǂǃǄǅǆǇǈǉǊǋǌAaIiOoUuUuUuUuUuǝAaAaÆæǤǥGgKkOo"
                + "OoƷʒjǱǲǳGgǶǷNnAaÆæØøAaAaEeEeIiIiOoOoRrRrUuUuSsTtȜȝHhȠȡȢȣȤȥAaEeOoOoOoOoYyȴȵȶȷȸȹȺȻȼȽȾȿɀɁɂɃɄɅɆɇɈɉɊɋɌɍɎɏ"
        ),
        // Greek and Cyrillic.
        (
            '\u0370',
            ""
                + "ͰͱͲͳʹ͵Ͷͷ??ͺͻͼͽ;Ϳ????΄¨Α·ΕΗΙ?Ο?ΥΩιΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ?ΣΤΥΦΧΨΩΙΥαεηιυαβγδεζηθικλμνξοπρςστυφχψωιυουωϏϐϑϒϒ"
                + "ϒϕϖϗϘϙϚϛϜϝϞϟϠϡϢϣϤϥϦϧϨϩϪϫϬϭϮϯϰϱϲϳϴϵ϶ϷϸϹϺϻϼϽϾϿЕЕЂГЄЅІІЈЉЊЋКИУЏАБВГДЕЖЗИИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежз"
                + "ииклмнопрстуфхцчшщъыьэюяееђгєѕііјљњћкиуџ"
        ),
        // Latin of Vietnamese and others, Greek with more than one accent.
        (
            '\u1e00',
            ""
                + "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSs"
                + "SsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyẚſẜẝẞẟAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEe"
                + "IiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyỺỻỼỽỾỿααααααααΑΑΑΑΑΑΑΑεεεεεε??ΕΕΕΕΕΕ??ηηηηηηηηΗΗΗΗ"
                + "ΗΗΗΗιιιιιιιιΙΙΙΙΙΙΙΙοοοοοο??ΟΟΟΟΟΟ??υυυυυυυυ?Υ?Υ?Υ?ΥωωωωωωωωΩΩΩΩΩΩΩΩααεεηηιιοουυωω??ααααααααΑΑΑΑΑΑΑΑ"
                + "ηηηηηηηηΗΗΗΗΗΗΗΗωωωωωωωωΩΩΩΩΩΩΩΩααααα?ααΑΑΑΑΑ᾽ι᾿῀¨ηηη?ηηΕΕΗΗΗ᾿᾿᾿ιιιι??ιιΙΙΙΙ?῾῾῾υυυυρρυυΥΥΥΥΡ¨¨`??ωω"
                + "ω?ωωΟΟΩΩΩ´῾?"
        ),
    ];

    /// <summary>The letter without accents; the same where it has none.</summary>
    public static char Without(char letter)
    {
        foreach ((char first, string bases) in Blocks)
        {
            if (letter >= first && letter < first + bases.Length)
                return bases[letter - first] == '?' ? letter : bases[letter - first];
        }
        return letter;
    }
}
