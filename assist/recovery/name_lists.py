"""Words that look like a name and are none, and the short forms of first names."""

NOT_NAMES = frozenset(
    "i it the a an we you he she they this that there here thanks thank sorry hello hi hey yes no ok "
    "okay sure well so and but please just my your our "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december "
    "good great lovely perfect absolutely certainly right all both first then now today tomorrow "
    "tonight if when where what which who how why is are can "
    "could would will do did have has not very really still again sir madam team everyone folks guys "
    "customer support sirs reservations reception "
    "of for to in on at as for from with because since unfortunately however also actually honestly "
    "okay dear regards cheers ta love one two three "
    "about back being busy calling cold coming done down due fine getting glad going gone happy "
    "having late leaving looking missing new nothing old "
    "only out over ready running sick sitting standing stuck taking talking trying unable under up "
    "using waiting working worried "
    "gdpr ccpa asap usb payg dhl ups dpd sim faq vpn atm pdf fyi imo tbh omg wtf btw eta cctv id hq nhs dvla hmrc "
    "article section clause warranty consumer contract law terms "
    "signed alright okey oh ah aw um uh hmm haha lol wow god christ jesus christmas easter english "
    "british american french german spanish uk us usa tv wifi sms pin vat "
    "order booking room flight ticket reservation account number noted understood agreed indeed "
    "apologies once while after before until got let see "
    "bad not never always maybe perhaps quite too much many more most less every each any some mine "
    "yours everything something anything someone nobody".split()
)
NICKNAMES = tuple(
    frozenset(group.split())
    for group in (
        "robert rob bob bobby robbie", "william will bill billy liam", "richard rich rick dick", "thomas tom tommy", "james jim jimmy jamie",
        "john johnny jack jon", "michael mike mick mikey", "elizabeth liz beth lizzie eliza betty", "katherine catherine kate katie cathy kathy kat",
        "margaret maggie meg peggy", "daniel dan danny", "matthew matt", "christopher chris", "anthony tony", "joseph joe joey", "samuel samantha sam",
        "alexander alexandra alex sandra sasha", "nicholas nick nicky", "edward ed eddie ted", "patrick patricia pat", "susan sue susie", "rebecca becky bex",
        "jennifer jen jenny", "andrew andy drew", "david dave", "steven stephen steve", "benjamin ben", "gregory greg", "timothy tim", "charles charlie chuck",
        "victoria vicky", "deborah debbie deb", "jacqueline jackie", "josephine jo joanna joanne", "beverley bev", "theodore theo", "peter pete",
        "kenneth ken", "ronald ron", "donald don", "lawrence larry", "frederick fred", "gerald gerry jerry", "philip phil", "natasha tasha",
    )
)  # fmt: skip
