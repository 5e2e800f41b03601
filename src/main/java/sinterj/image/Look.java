package sinterj.image;

import java.util.Locale;

/** How the numbers of an image are best shown; changes no pixel. */
public enum Look {
    /** Shades of grey, from the least value to the greatest. */
    GREY,
    /** A quantity, 0 where there is none: black, then colours of rising lightness. */
    MAP,
    /** Names, 0 for none: black, then colours that differ. */
    LABELS,
    /** A difference: white for 0, one hue below it and another above. */
    DIFFERENCE;

    /** As written in a note. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a note says; grey if it says nothing that is known. */
    static Look of(String text) {
        for (Look look : values()) if (look.text().equals(text)) return look;
        return GREY;
    }
}
