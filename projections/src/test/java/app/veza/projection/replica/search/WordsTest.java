package app.veza.projection.replica.search;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.chat.TextRuns;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void areRunsOfLettersAndDigitsFolded() {
        assertThat(Words.of("Le CAFÉ, c'est prêt! no_way"))
                .containsExactly("le", "cafe", "c", "est", "pret", "no", "way");
    }

    @Test
    void areNeighboursWhereAScriptHasNoSpaces() {
        assertThat(Words.of("明日の会議は10時")).containsExactly("明日", "日の", "の会", "会議", "議は", "は", "10", "時");
        assertThat(Words.of("iPhoneを買う")).containsExactly("iphone", "を買", "買う", "う");
        assertThat(Words.of("สวัสดี")).containsExactly("สว", "วส", "สด", "ด");
    }

    @Test
    void areTheSameInHalfAndFullWidthAndWithALongVowel() {
        assertThat(Words.of("コーヒー")).containsExactly("コー", "ーヒ", "ヒー", "ー");
        assertThat(Words.of("ｺｰﾋｰ")).isEqualTo(Words.of("コーヒー"));
    }

    @Test
    void takeLettersBeyondTheBasicPlaneWhole() {
        assertThat(Words.of("𠮷野家")).containsExactly("𠮷野", "野家", "家");
    }

    @Test
    void areCutWhereNobodyTypesMore() {
        assertThat(Words.of("x".repeat(300) + "日".repeat(300)))
                .containsExactly("x".repeat(TextRuns.LONGEST), "日日", "日");
    }
}
