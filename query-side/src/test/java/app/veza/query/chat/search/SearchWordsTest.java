package app.veza.query.chat.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void allWordsAreMeantTheLongerOnesAsBeginnings() {
        assertThat(SearchWords.query("Is CAFÉ it")).isEqualTo("is & cafe:* & it");
        assertThat(SearchWords.query("…!")).isEmpty();
    }

    @Test
    void ofAScriptWithoutSpacesAllNeighboursAreMeant() {
        assertThat(SearchWords.query("会議")).isEqualTo("会議");
        assertThat(SearchWords.query("会議は10時")).isEqualTo("会議 & 議は & 10 & 時:*");
        assertThat(SearchWords.query("ｺｰﾋｰ")).isEqualTo("コー & ーヒ & ヒー");
    }

    @Test
    void oneLetterOfThemIsLookedForWhereverItStands() {
        assertThat(SearchWords.query("会")).isEqualTo("会:*");
        assertThat(SearchWords.query("𠮷")).isEqualTo("𠮷:*");
    }
}
