package sinterj.ij;

import ij.IJ;
import java.awt.BorderLayout;
import java.awt.GraphicsEnvironment;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import javax.swing.event.HyperlinkEvent;
import javax.swing.text.html.HTMLDocument;
import sinterj.base.InvalidInput;

/**
 * The manual in a window, from the jar: links lead from page to page, and nothing is fetched. The address of a page
 * elsewhere is shown, to be copied.
 */
final class Manual {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 700;

    private final JEditorPane text = new JEditorPane("text/html", "");
    private final JTextField address = new JTextField();
    private final Deque<String> before = new ArrayDeque<>();
    private ManualPage shown;

    private Manual() {}

    /** Opens it at its start page; without a display, says in the log where it is. */
    static void show() {
        if (GraphicsEnvironment.isHeadless()) {
            IJ.log("The manual is in the SinterJ jar, in sinterj/docs, as Markdown.");
            return;
        }
        SwingUtilities.invokeLater(() -> new Manual().open());
    }

    private void open() {
        text.setEditable(false);
        text.addHyperlinkListener(event -> {
            if (event.getEventType() == HyperlinkEvent.EventType.ACTIVATED) follow(event.getDescription());
        });
        address.setEditable(false);
        JButton back = new JButton("Back");
        back.addActionListener(pressed -> {
            if (before.size() > 1) {
                before.pop();
                go(before.peek(), "");
            }
        });
        JButton start = new JButton("Start");
        start.addActionListener(pressed -> follow("/" + ManualPage.START));
        JPanel buttons = new JPanel();
        buttons.add(back);
        buttons.add(start);
        JPanel below = new JPanel(new BorderLayout());
        below.add(buttons, BorderLayout.WEST);
        below.add(address, BorderLayout.CENTER);
        JFrame window = new JFrame("SinterJ Manual");
        window.add(new JScrollPane(text), BorderLayout.CENTER);
        window.add(below, BorderLayout.SOUTH);
        window.setSize(WIDTH, HEIGHT);
        window.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        window.getRootPane()
                .registerKeyboardAction(
                        pressed -> window.dispose(),
                        KeyStroke.getKeyStroke("ESCAPE"),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
        follow("/" + ManualPage.START);
        window.setVisible(true);
    }

    /** A link of the page that is shown; with a stroke before it, a path in the jar. */
    private void follow(String link) {
        if (ManualPage.isOutside(link)) {
            address.setText(link);
            return;
        }
        String path = link.startsWith("/") ? link.substring(1) : shown.target(link);
        String[] parts = link.split("#", 2);
        if (!path.equals(before.peek())) before.push(path);
        go(path, parts.length > 1 ? parts[1] : "");
    }

    private void go(String path, String heading) {
        try {
            shown = ManualPage.of(path);
        } catch (InvalidInput e) {
            before.pop();
            address.setText("In the project's folder: " + path.replaceFirst("^sinterj/", ""));
            return;
        }
        HTMLDocument page = (HTMLDocument) text.getEditorKit().createDefaultDocument();
        page.setBase(shown.place());
        text.setDocument(page);
        text.setText(shown.html());
        text.setCaretPosition(0);
        address.setText(path.replaceFirst("^sinterj/", ""));
        if (!heading.isEmpty()) SwingUtilities.invokeLater(() -> text.scrollToReference(heading));
    }
}
