//! Han characters that are written in two ways: traditional and simplified forms, old and new ones, and
//! variants that stand side by side in one place (台 and 臺). Folding takes one for the other, so that each
//! finds the other.

/// Pairs: what is folded, and what it is folded to. Only pairs in which the first has no other modern
/// meaning.
#[rustfmt::skip]
const PAIRS: &str = "\
臺台 灣湾 國国 學学 會会 為为 爲为 這这 來来 個个 們们 時时 說说 說说 對对 發发 經经 過过 現现 動动 開开 關关 問问 長长 見见 東东 車车 \
門门 馬马 鳥鸟 魚鱼 龍龙 龜龟 齒齿 麥麦 黃黄 點点 黨党 齊齐 電电 電电 雲云 雜杂 難难 離离 隨随 險险 際际 陽阳 陳陈 陸陆 隊队 階阶 閃闪 \
間间 閉闭 聞闻 關关 鬥斗 鬧闹 鐵铁 鐘钟 鎮镇 錯错 錢钱 鋼钢 銷销 銀银 銅铜 鈴铃 釋释 醫医 郵邮 鄰邻 鄉乡 選选 遺遗 遷迁 遠远 達达 運运 \
遊游 進进 連连 週周 農农 辦办 辭辞 轟轰 轉转 輸输 輪轮 輕轻 較较 載载 軟软 軍军 躍跃 趙赵 趕赶 贏赢 贈赠 贊赞 賽赛 賴赖 賭赌 質质 賢贤 \
賣卖 賓宾 賞赏 資资 賀贺 費费 貿贸 買买 貴贵 貪贪 責责 貨货 貧贫 財财 負负 貝贝 豐丰 讓让 讚赞 變变 讀读 護护 議议 警警 譯译 證证 識识 \
講讲 謝谢 謎谜 謀谋 諾诺 諸诸 論论 談谈 請请 課课 調调 誰谁 誤误 認认 語语 誠诚 話话 該该 試试 詞词 詳详 評评 訴诉 診诊 註注 許许 設设 \
訪访 訓训 記记 託托 討讨 計计 訂订 觸触 觀观 覺觉 親亲 視视 規规 補补 裝装 裏里 裡里 製制 褲裤 衛卫 術术 衆众 眾众 蘭兰 蘇苏 藥药 藝艺 \
薩萨 蕭萧 蔣蒋 萬万 葉叶 莊庄 華华 舉举 與与 興兴 舊旧 艦舰 艙舱 臨临 膽胆 腦脑 腳脚 脫脱 脈脉 聽听 職职 聲声 聯联 聖圣 習习 義义 羣群 \
網网 罰罚 罷罢 績绩 繼继 續续 纖纤 織织 縣县 縮缩 總总 編编 線线 綫线 練练 網网 維维 綠绿 經经 統统 絕绝 給给 結结 終终 組组 細细 約约 \
級级 紀纪 紅红 紙纸 紐纽 純纯 納纳 索索 紛纷 紹绍 糧粮 節节 筆笔 競竞 窮穷 窩窝 積积 穩稳 種种 稱称 稅税 禮礼 禍祸 禪禅 禦御 確确 礦矿 \
碼码 硏研 矚瞩 睜睁 盧卢 監监 盤盘 盡尽 盜盗 療疗 瘋疯 異异 畫画 當当 畢毕 產产 甌瓯 環环 獨独 獲获 獻献 獎奖 狀状 猶犹 牽牵 犧牺 犠牺 \
爾尔 爺爷 爐炉 爭争 營营 燈灯 燒烧 熱热 煙烟 煩烦 無无 烏乌 濟济 濱滨 濤涛 澤泽 潔洁 潛潜 漢汉 滿满 漁渔 滅灭 滬沪 準准 溫温 測测 湯汤 \
渾浑 淚泪 淨净 淺浅 淵渊 決决 況况 沒没 氣气 氫氢 毀毁 殺杀 殘残 歸归 歷历 歲岁 歐欧 歡欢 權权 欄栏 櫻樱 檔档 檢检 機机 橋桥 樹树 樂乐 \
標标 樣样 樓楼 榮荣 構构 槍枪 業业 楊杨 極极 條条 棄弃 棟栋 東东 樞枢 曉晓 曆历 曬晒 暫暂 暢畅 書书 晝昼 時时 昇升 舊旧 斷断 斬斩 敵敌 \
數数 敗败 敘叙 敍叙 攝摄 擴扩 擔担 據据 擊击 擇择 擁拥 撥拨 撐撑 摯挚 損损 換换 揮挥 揚扬 掃扫 採采 掛挂 捨舍 挾挟 拋抛 戶户 戰战 戲戏 \
戀恋 懷怀 懶懒 應应 憲宪 憶忆 憂忧 慶庆 慮虑 慣惯 態态 愛爱 惡恶 恆恒 徹彻 復复 後后 從从 徑径 彙汇 彈弹 張张 強强 彥彦 彌弥 廠厂 廢废 \
廣广 廳厅 庫库 幾几 幹干 幣币 帶带 師师 帥帅 帳帐 島岛 峽峡 嶺岭 嶽岳 巖岩 屬属 層层 屆届 尋寻 導导 將将 專专 對对 尙尚 寶宝 寫写 寬宽 \
審审 實实 寧宁 孫孙 學学 嬰婴 婦妇 媽妈 娛娱 奮奋 奪夺 奧奥 夢梦 夾夹 壽寿 壯壮 壓压 壞坏 墜坠 墳坟 墻墙 牆墙 塵尘 塊块 報报 場场 堅坚 \
執执 圖图 團团 園园 圓圆 圍围 嚴严 嚐尝 噸吨 嘗尝 嘆叹 歎叹 喬乔 喪丧 問问 啟启 啓启 員员 吳吴 呂吕 吶呐 參参 厲厉 廁厕 協协 卻却 區区 \
匯汇 匱匮 勸劝 勵励 勳勋 勝胜 勞劳 務务 動动 劃划 劇剧 劉刘 劍剑 剛刚 別别 刪删 凱凯 凍冻 凈净 冊册 內内 兩两 兒儿 兌兑 優优 償偿 儘尽 \
儀仪 億亿 價价 僅仅 傳传 傷伤 債债 傑杰 備备 偉伟 側侧 偵侦 倫伦 倉仓 個个 俠侠 係系 侶侣 佈布 佔占 價价 亞亚 麗丽 麼么 並并 併并 丟丢 \
產产 亂乱 乾干 燬毁 峯峰 牀床 麪面 麵面 鬆松 鬱郁 驗验 驚惊 驅驱 駐驻 駕驾 騎骑 騙骗 體体 髒脏 髮发 鬚须 顧顾 顯显 願愿 類类 顏颜 \
額额 題题 頻频 頭头 領领 預预 頓顿 順顺 項项 頂顶 頁页 響响 韓韩 韋韦 靜静 靈灵 霧雾 雖虽 雙双 雞鸡 鷄鸡 飛飞 飯饭 飲饮 養养 餘余 館馆 \
饑饥 飢饥 鮮鲜 鯨鲸 鳳凤 鴻鸿 鷹鹰 鹽盐 鹹咸 齡龄 龐庞";

/// The character that stands for it and for its other form.
pub fn folded(c: char) -> char {
    if !matches!(c as u32, 0x4e00..=0x9fff) {
        return c;
    }
    PAIRS_IN_ORDER
        .binary_search_by_key(&c, |(from, _)| *from)
        .ok()
        .and_then(|at| PAIRS_IN_ORDER.get(at))
        .map_or(c, |pair| pair.1)
}

static PAIRS_IN_ORDER: std::sync::LazyLock<Vec<(char, char)>> = std::sync::LazyLock::new(|| {
    let pair = |pair: &str| {
        let mut chars = pair.chars();
        Some((chars.next()?, chars.next()?)).filter(|(from, to)| from != to)
    };
    let mut pairs: Vec<(char, char)> = PAIRS.split(' ').filter_map(pair).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_folded_to_two_or_further_on() {
        assert!(PAIRS.split(' ').all(|pair| pair.chars().count() == 2));
        for pair in PAIRS_IN_ORDER.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{pair:?}");
        }
        for (from, to) in PAIRS_IN_ORDER.iter() {
            assert_eq!(folded(*from), *to);
            assert_eq!(folded(*to), *to, "{from} {to}");
        }
    }
}
