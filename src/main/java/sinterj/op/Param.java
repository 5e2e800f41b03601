package sinterj.op;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one setting: a component of an operation's settings record. Its key in macros and on the shell is the
 * component's name in snake case, so renaming a component breaks the macros of others.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
    /** What the dialog calls it, with its unit in brackets. */
    String label();

    /** One or two sentences for the help page. */
    String doc();

    /** Smallest number allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest number allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** For a {@link NumberOr}: the words that may stand in place of a number. */
    String[] words() default {};

    /** Whether a text is the path of a file to be read; the dialog then offers to browse. */
    boolean file() default false;

    /** Whether a text is the path of a folder; the dialog then offers to browse. */
    boolean folder() default false;

    /** Whether it must be given: its default is empty. */
    boolean required() default false;
}
