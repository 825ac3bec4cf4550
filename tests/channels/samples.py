"""The one letter of the story of the five goodbyes, as sample content in French and English."""

from __future__ import annotations

from datetime import date

from ligneclaire.channels.content import Contact, Content, Detail, Labels, Section, Step, Todo

REFERENCE = "LC-7K2M-9QX4"
SENDER = ("Télécom Ligne Claire", "Service clients", "TSA 10090", "59000 Lille")
RECIPIENT = ("M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX")


def in_french() -> Content:
    return Content(
        language="fr",
        subject="La fin de votre ligne internet et téléphone, le 20 février 2015",
        dated="Lille, le 17 février 2015",
        dated_on=date(2015, 2, 17),
        details=(
            Detail(name="Client", value="C-2001"),
            Detail(name="Contrat", value="K-ADSL-1, Internet et téléphone ADSL"),
            Detail(name="Ligne", value="05 36 49 02 01"),
        ),
        salutation="Madame, Monsieur,",
        opening=(
            (
                "Nous avons bien reçu votre lettre du 9 février. Votre contrat prend fin le 20 février 2015, sans "
                "frais de résiliation. Votre ligne est passée chez votre nouvel opérateur le 13 février."
            ),
            "Voici, en une seule lettre, tout ce qui va se passer et la seule chose que vous avez à faire.",
        ),
        todo_title="Ce que vous avez à faire",
        todo=(
            Todo(
                what="Nous rendre la box (n° LB-4471-0093) et le décodeur TV (n° TV-2210-7781), avec l’étiquette de "
                "retour gratuite jointe à cette lettre, dans n’importe quel bureau de poste. Gardez le reçu qui vous "
                "sera remis.",
                by="avant le 6 mars 2015",
            ),
        ),
        steps_title="Ce qui va se passer",
        steps=(
            Step(
                when="13 février 2015",
                what="Votre ligne fixe a été reprise par votre nouvel opérateur. C’est lui "
                "qui vous dépanne désormais sur cette ligne.",
            ),
            Step(when="20 février 2015", what="Votre contrat prend fin."),
            Step(when="5 mars 2015", what="Nous établissons votre dernière facture."),
            Step(when="10 jours après le retour", what="Votre dépôt de garantie de 49,00 € vous est remboursé."),
            Step(
                when="20 août 2015",
                what="Fermeture de votre messagerie. Jusqu’à cette date, vous pouvez y lire "
                "gratuitement votre courrier.",
            ),
        ),
        sections=(
            Section(
                title="Ce qui continue sans changement",
                lines=(
                    "Votre contrat Mobile Pro Europe, 06 39 98 02 01.",
                    "Votre ligne fixe d’Arcachon, 05 36 49 02 02.",
                ),
            ),
            Section(
                title="Si le matériel ne nous revient pas",
                lines=(
                    (
                        "Nous vous écrirons d’abord une mise en demeure. Dix jours plus tard seulement, 300,00 € vous "
                        "seraient facturés ; ils vous seraient rendus dès le retour du matériel."
                    ),
                ),
            ),
        ),
        closing=(
            (
                "Merci de votre confiance pendant toutes ces années. Pour toute question, sur ce contrat ou sur "
                "ceux qui continuent, je suis à votre disposition."
            ),
            "Je vous prie d’agréer, Madame, Monsieur, mes salutations les meilleures.",
        ),
        contact=Contact(
            name="Nora Benali",
            role="votre conseillère",
            phone="01 99 00 01 01",
            email="nora.benali@ligneclaire.example",
            postal=("Télécom Ligne Claire", "Nora Benali", "TSA 10090", "59000 Lille"),
        ),
        reference=REFERENCE,
        labels=Labels(
            reference="Votre référence",
            contact="Pour me joindre",
            page="Page {page} sur {pages}",
            code="Code QR de votre référence",
        ),
        sms="Votre contrat Internet prend fin le 20/02/2015. Box et décodeur à rendre avant le 06/03/2015.",
    )


def in_english() -> Content:
    return Content(
        language="en",
        subject="The end of your Internet and telephone line on 20 February 2015",
        dated="Lille, 17 February 2015",
        dated_on=date(2015, 2, 17),
        details=(
            Detail(name="Customer", value="C-2001"),
            Detail(name="Contract", value="K-ADSL-1, ADSL Internet and telephone"),
            Detail(name="Line", value="05 36 49 02 01"),
        ),
        salutation="Dear Mr and Mrs Lenoir,",
        opening=(
            (
                "We have received your letter of 9 February. Your contract ends on 20 February 2015, free of charge. "
                "Your line moved to your new operator on 13 February."
            ),
            "Here, in one letter, is everything that will happen and the only thing you have to do.",
        ),
        todo_title="What you have to do",
        todo=(
            Todo(
                what="Send back the box (No. LB-4471-0093) and the TV decoder (No. TV-2210-7781), using the free label "
                "enclosed with this letter, from any post office. Please keep the receipt you will be given.",
                by="before 6 March 2015",
            ),
        ),
        steps_title="What will happen",
        steps=(
            Step(
                when="13 February 2015",
                what="Your new operator took over your line. They now look after any fault on it.",
            ),
            Step(when="20 February 2015", what="Your contract ends."),
            Step(when="5 March 2015", what="We issue your last bill."),
            Step(when="10 days after the return", what="Your deposit of €49.00 is paid back."),
            Step(when="20 August 2015", what="Your mailbox closes. Until then, you can read your mail free of charge."),
        ),
        sections=(
            Section(
                title="What goes on unchanged",
                lines=(
                    "Your Mobile Pro Europe contract, 06 39 98 02 01.",
                    "Your telephone line in Arcachon, 05 36 49 02 02.",
                ),
            ),
            Section(
                title="If the equipment does not come back",
                lines=(
                    (
                        "We would first send you a formal notice. Only ten days later would €300.00 be charged, and it "
                        "would be paid back as soon as we have the equipment."
                    ),
                ),
            ),
        ),
        closing=(
            (
                "Thank you for your trust over all these years. Please call or write to me with any question, "
                "about this contract or those that go on."
            ),
            "Yours sincerely,",
        ),
        contact=Contact(
            name="Nora Benali",
            role="your adviser",
            phone="01 99 00 01 01",
            email="nora.benali@ligneclaire.example",
            postal=("Télécom Ligne Claire", "Nora Benali", "TSA 10090", "59000 Lille"),
        ),
        reference=REFERENCE,
        labels=Labels(
            reference="Your reference",
            contact="How to reach me",
            page="Page {page} of {pages}",
            code="QR code of your reference",
        ),
        sms="Your Internet contract ends on 20/02/2015. Box and decoder to be returned before 06/03/2015.",
    )
