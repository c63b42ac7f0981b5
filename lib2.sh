start () 
{ 
    $T kill-server 2> /dev/null;
    sleep .3;
    $T new-session -d -x $1 -y $2 "/tmp/eyes-wd/a.sh app $3; echo RC \$?; sleep 1000";
    for i in $(seq 30);
    do
        sleep .5;
        $T capture-pane -p | grep -q "^l Answer\|\^l Answer\|Welcome" && break;
    done;
    sleep 1
}
